# Change against single-task training on both tasks, problem mixed, mean and standard error over seeds; lower is better; fixed weights: every point of the sweep, and the front of those that none dominates with a 95 % bootstrap band over seeds
# Written by mtlbench, data included. Draw it again: gnuplot static-front.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" static-front.gp
$band << EOD
-4.00966775 -0.440920275 2.6323942
-3.88846548 -0.508208519 2.6323942
-3.76726321 -0.60731934 2.6323942
-3.64606094 -0.626331637 2.6323942
-3.52485867 -0.655910731 2.6323942
-3.4036564 -0.674607584 2.6323942
-3.28245413 -0.674607584 2.52406393
-3.16125186 -0.674607584 -0.0635447134
-3.04004959 -0.674607584 -0.0635447134
-2.91884732 -3.0331083 -0.100622976
-2.79764505 -3.0331083 -0.16983926
-2.67644278 -3.0331083 -0.21843065
-2.55524051 -3.0331083 -0.269580967
-2.43403824 -3.0331083 -0.406085495
-2.31283596 -3.0331083 -0.491755148
-2.19163369 -3.0331083 -2.19477281
-2.07043142 -3.0331083 -2.19477281
-1.94922915 -3.0331083 -2.19477281
-1.82802688 -3.0331083 -2.19477281
-1.70682461 -3.0331083 -2.19477281
-1.58562234 -3.0331083 -2.19477281
-1.46442007 -3.0331083 -2.19477281
-1.3432178 -3.0331083 -2.19477281
-1.22201553 -3.2536934 -2.19477281
-1.10081326 -3.37585576 -2.19477281
-0.979610991 -3.38343301 -2.19477281
-0.85840872 -3.40045373 -2.19477281
-0.73720645 -3.49321012 -2.19477281
-0.616004179 -3.49321012 -2.19477281
-0.494801909 -3.50661147 -2.23118504
-0.373599639 -3.50661147 -2.32463034
-0.252397368 -3.50661147 -2.387184
-0.131195098 -3.50661147 -2.42359622
-0.00999282743 -3.50661147 -2.47031887
0.111209443 -3.50661147 -2.61600741
0.232411713 -3.50661147 -2.72528371
0.353613984 -3.50661147 -3.04499666
0.474816254 -3.50661147 -3.04861604
0.596018525 -3.50661147 -3.04861604
0.717220795 -3.50661147 -3.04861604
0.838423065 -3.50661147 -3.04861604
0.959625336 -3.50661147 -3.04861604
1.08082761 -3.50661147 -3.04861604
1.20202988 -3.50661147 -3.04861604
1.32323215 -3.50661147 -3.04861604
1.44443442 -3.50661147 -3.04861604
1.56563669 -3.50661147 -3.04861604
1.68683896 -3.50661147 -3.04861604
1.80804123 -3.50661147 -3.04861604
1.9292435 -3.50661147 -3.04861604
2.05044577 -3.50661147 -3.04861604
2.17164804 -3.50661147 -3.04861604
2.29285031 -3.50661147 -3.04861604
2.41405258 -3.50661147 -3.04861604
2.53525485 -3.50661147 -3.04861604
2.65645712 -3.50661147 -3.04861604
2.77765939 -3.50661147 -3.04861604
2.89886166 -3.50661147 -3.04861604
3.02006393 -3.50661147 -3.04861604
3.1412662 -3.50661147 -3.04861604
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
