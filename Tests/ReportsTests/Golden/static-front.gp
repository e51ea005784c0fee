# Change against single-task training on both tasks, problem mixed, mean and standard error over seeds; lower is better; fixed weights: every point of the sweep, and the front of those that none dominates with a 95 % bootstrap band over seeds
# Written by mtlbench, data included. Draw it again: gnuplot static-front.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" static-front.gp
$band << EOD
-4.051819 -0.237127504 2.6323942
-3.96076729 -0.440920275 2.6323942
-3.86971558 -0.558727949 2.6323942
-3.77866387 -0.626016193 2.6323942
-3.68761216 -0.674607584 2.6323942
-3.59656045 -0.674607584 2.6323942
-3.50550874 -0.674607584 2.6323942
-3.41445702 -0.674607584 2.6323942
-3.32340531 -0.674607584 2.6323942
-3.2323536 -0.674607584 2.51089433
-3.14130189 -0.674607584 -0.0635447134
-3.05025018 -0.674607584 -0.0819261231
-2.95919847 -0.71200129 -0.11469503
-2.86814675 -3.0331083 -0.13307644
-2.77709504 -3.0331083 -0.15145785
-2.68604333 -3.0331083 -0.21843065
-2.59499162 -3.0331083 -0.21843065
-2.50393991 -3.0331083 -0.287962377
-2.4128882 -3.0331083 -0.406085495
-2.32183649 -3.0331083 -0.540031096
-2.23078477 -3.0331083 -2.23118504
-2.13973306 -3.0331083 -2.23118504
-2.04868135 -3.0331083 -2.23118504
-1.95762964 -3.0331083 -2.23118504
-1.86657793 -3.0331083 -2.23118504
-1.77552622 -3.0331083 -2.23118504
-1.68447451 -3.0331083 -2.23118504
-1.59342279 -3.0331083 -2.23118504
-1.50237108 -3.0331083 -2.23118504
-1.41131937 -3.0331083 -2.23118504
-1.32026766 -3.0331083 -2.23118504
-1.22921595 -3.06748803 -2.23118504
-1.13816424 -3.1423846 -2.23118504
-1.04711253 -3.35883503 -2.23118504
-0.956060814 -3.38343301 -2.23118504
-0.865009102 -3.48563288 -2.23118504
-0.773957391 -3.49321012 -2.23118504
-0.682905679 -3.49903422 -2.23118504
-0.591853968 -3.50078737 -2.23118504
-0.500802256 -3.51023085 -2.23118504
-0.409750545 -3.51023085 -2.32463034
-0.318698833 -3.51023085 -2.34046135
-0.227647122 -3.51023085 -2.387184
-0.136595411 -3.51023085 -2.42359622
-0.045543699 -3.51023085 -2.53287253
0.0455080124 -3.51023085 -2.61600741
0.136559724 -3.51023085 -2.66273005
0.227611435 -3.51023085 -2.72528371
0.318663147 -3.51023085 -3.02900369
0.409714858 -3.51023085 -3.04137728
0.50076657 -3.51023085 -3.04499666
0.591818281 -3.51023085 -3.04499666
0.682869993 -3.51023085 -3.04499666
0.773921704 -3.51023085 -3.04499666
0.864973416 -3.51023085 -3.04499666
0.956025127 -3.51023085 -3.04499666
1.04707684 -3.51023085 -3.04499666
1.13812855 -3.51023085 -3.04499666
1.22918026 -3.51023085 -3.04499666
1.32023197 -3.51023085 -3.04499666
1.41128368 -3.51023085 -3.04499666
1.5023354 -3.51023085 -3.04499666
1.59338711 -3.51023085 -3.04499666
1.68443882 -3.51023085 -3.04499666
1.77549053 -3.51023085 -3.04499666
1.86654224 -3.51023085 -3.04499666
1.95759395 -3.51023085 -3.04499666
2.04864566 -3.51023085 -3.04499666
2.13969738 -3.51023085 -3.04499666
2.23074909 -3.51023085 -3.04499666
2.3218008 -3.51023085 -3.04499666
2.41285251 -3.51023085 -3.04499666
2.50390422 -3.51023085 -3.04499666
2.59495593 -3.51023085 -3.04499666
2.68600765 -3.51023085 -3.04499666
2.77705936 -3.51023085 -3.04499666
2.86811107 -3.51023085 -3.04499666
2.95916278 -3.51023085 -3.04499666
3.05021449 -3.51023085 -3.04499666
3.1412662 -3.51023085 -3.04499666
EOD
$front << EOD
-3.67401102 2.6323942
-3.67401102 -0.403842012
-2.6351747 -0.403842012
-2.6351747 -2.65449175
-0.49603128 -2.65449175
-0.49603128 -3.27761376
3.1412662 -3.27761376
EOD
$sweep << EOD
3.1412662 -3.12140005
-0.49603128 -3.27761376
-2.6351747 -2.65449175
-3.67401102 -0.403842012
-2.97947279 2.6323942
EOD
$method0 << EOD
-1.59940078 -1.36852557 0.280351602 0.120430735
EOD
$method1 << EOD
-3.28856443 -3.16775509 0.324750254 0.271484698
EOD
$method2 << EOD
-3.99262843 -4.42459405 0.10415833 0.179250051
EOD
$method3 << EOD
-2.75001663 -2.07498969 0.226275821 0.120509514
EOD
$method4 << EOD
-0.10630801 -1.12203078 0.202779645 0.262519833
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 607,400 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1214,800 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 8.431in,5.556in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'static-front.'.picture.part
set datafile missing '?'
set minussign
set border 3 back linecolor rgb '#444444'
set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6
set style fill transparent solid 0.16 noborder
set key noenhanced
set style textbox noborder
set errorbars small
set multiplot
set xlabel 'digit: change of Error (%)' noenhanced offset 0,0.4
set ylabel 'position: change of RMSE (%)' noenhanced
set key off
set lmargin at screen 0.09555; set rmargin at screen 0.74465; set bmargin at screen 0.11000; set tmargin at screen 0.96500
set grid xtics ytics
set xrange [-4.603:3.648]; set yrange [-5.110:3.139]; set xtics 2; set ytics 2
set label 'equal' at graph 0.3793,graph 0.4799 left noenhanced font ',9' textcolor rgb '#000000'
set label 'static (tuned)' at graph 0.1746,graph 0.2618 left noenhanced font ',9' textcolor rgb '#D55E00'
set label 'uncertainty' at graph 0.0918,graph 0.0831 left noenhanced font ',9' textcolor rgb '#0072B2'
set label 'gradnorm † 3/5' at graph 0.2398,graph 0.3943 left noenhanced font ',9' textcolor rgb '#009E73'
set label 'pcgrad' at graph 0.5602,graph 0.5098 left noenhanced font ',9' textcolor rgb '#CC79A7'
plot $band using 1:2:3 with filledcurves linecolor rgb '#777777' title 'front of fixed weights, 95 % band', $front using 1:2 with lines linecolor rgb '#777777' linewidth 1.2 title 'front of fixed weights', $sweep using 1:2 with points linecolor rgb '#777777' pointtype 6 pointsize 0.5 title 'fixed weights', '+' using (0):(0) every ::0::0 with points linecolor rgb '#808080' dashtype 1 pointtype 2 linewidth 1.5 title 'single-task', $method0 using 1:2:3:4 with xyerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.9 title 'equal', $method1 using 1:2:3:4 with xyerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.9 title 'static (tuned)', $method2 using 1:2:3:4 with xyerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.9 title 'uncertainty', $method3 using 1:2:3:4 with xyerrorbars linecolor rgb '#009E73' dashtype 1 pointtype 13 pointsize 0.9 title 'gradnorm † 3/5', $method4 using 1:2:3:4 with xyerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.9 title 'pcgrad'
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset nonlinear y; unset arrow; unset object; unset grid
set xrange [0:1]; set yrange [0:1]
set lmargin at screen 0.77512; set rmargin at screen 0.99835; set bmargin at screen 0.00250; set tmargin at screen 0.99750
set key at graph 0, graph 0.5 left center Left reverse samplen 2.5 spacing 1.15 noenhanced
plot NaN with points linecolor rgb '#808080' dashtype 1 pointtype 2 title 'single-task', NaN with points linecolor rgb '#777777' pointtype 6 pointsize 0.5 title 'fixed weights', NaN with lines linecolor rgb '#777777' linewidth 1.2 title 'their front'
unset multiplot
unset output
}
