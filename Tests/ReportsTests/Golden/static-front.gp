# Change against single-task training on both tasks, problem mixed, mean and standard error over seeds; lower is better
# Written by mtlbench, data included. Draw it again: gnuplot static-front.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" static-front.gp
$front << EOD
3.1412662 -3.12140005 0.472228491 0.142623398
-0.49603128 -3.27761376 0.407087403 0.139089332
-2.6351747 -2.65449175 0.185338892 0.242972951
-3.67401102 -0.403842012 0.244109778 0.178731275
-2.97947279 2.6323942 0.27695502 0.0704261889
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
if (picture eq 'svg') { set terminal svg size 591,400 dynamic font 'sans-serif,11' background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1182,800 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 8.208in,5.556in font 'sans,11' fontscale 0.75 }
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
set key off
set lmargin at screen 0.11168; set rmargin at screen 0.71743; set bmargin at screen 0.12500; set tmargin at screen 0.96500
set grid xtics ytics
set xlabel 'digit: change of Error against single-task (%)' noenhanced
set ylabel 'position: change of RMSE against single-task (%)' noenhanced
set xrange [-4.676:3.720]; set yrange [-5.183:3.211]; set xtics 2; set ytics 2
plot $front using 1:2 with lines linecolor rgb '#999999' linewidth 1.2, $front using 1:2:3:4 with xyerrorbars linecolor rgb '#b4b4b4' dashtype 1 pointtype 6 pointsize 0.5, '+' using (0):(0) every ::0::0 with points linecolor rgb '#808080' dashtype 1 pointtype 2, '+' using (3.14127):(-3.12140) every ::0::0 with points linecolor rgb '#666666' dashtype 1 pointtype 4 pointsize 1.5, '+' using (-2.97947):(2.63239) every ::0::0 with points linecolor rgb '#666666' dashtype 1 pointtype 6 pointsize 1.5, $method0 using 1:2:3:4 with xyerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.9, $method1 using 1:2:3:4 with xyerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.9, $method2 using 1:2:3:4 with xyerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.9, $method3 using 1:2:3:4 with xyerrorbars linecolor rgb '#009E73' dashtype 1 pointtype 13 pointsize 0.9, $method4 using 1:2:3:4 with xyerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.9
set lmargin at screen 0.74450; set rmargin at screen 0.99831; set bmargin at screen 0.00250; set tmargin at screen 0.99750
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset arrow; unset grid
set xrange [0:1]; set yrange [0:1]
set key at graph 0, graph 0.5 left center Left reverse samplen 3 spacing 1.15 noenhanced
plot NaN with points linecolor rgb '#808080' dashtype 1 pointtype 2 title 'single-task', NaN with linespoints linecolor rgb '#b4b4b4' dashtype 1 pointtype 6 title 'fixed weights', NaN with points linecolor rgb '#666666' dashtype 1 pointtype 4 pointsize 1.5 title 'static 1/6', NaN with points linecolor rgb '#666666' dashtype 1 pointtype 6 pointsize 1.5 title 'static 5/6', NaN with points linecolor rgb '#000000' dashtype 1 pointtype 7 title 'equal', NaN with points linecolor rgb '#D55E00' dashtype 1 pointtype 5 title 'static (tuned)', NaN with points linecolor rgb '#0072B2' dashtype 1 pointtype 9 title 'uncertainty', NaN with points linecolor rgb '#009E73' dashtype 1 pointtype 13 title 'gradnorm † 3/5', NaN with points linecolor rgb '#CC79A7' dashtype 1 pointtype 5 title 'pcgrad'
unset multiplot
unset output
}
