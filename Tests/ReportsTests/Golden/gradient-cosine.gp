# Cosine of the task gradients, problem mixed: moving mean over 5 evaluations and over seeds, and values of the first seed; c: conflict rate
# Written by mtlbench, data included. Draw it again: gnuplot gradient-cosine.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" gradient-cosine.gp
$method0_dots << EOD
0 0.353586445
500 0.255984082
1000 0.287325529
1500 0.0872202266
EOD
$method0_mean << EOD
0 0.354100018
500 0.342725357
1000 0.342725357
1500 0.331343084
EOD
$method1_dots << EOD
0 0.602045593
500 0.000508091422
1000 -0.033438103
1500 -0.295314347
EOD
$method1_mean << EOD
0 0.235669671
500 0.220672416
1000 0.220672416
1500 0.131374916
EOD
$method2_dots << EOD
0 0.437101413
500 0.6390434
1000 0.171510844
1500 0.355198542
EOD
$method2_mean << EOD
0 0.346805436
500 0.323293765
1000 0.323293765
1500 0.291915183
EOD
$method3_dots << EOD
0 0.314872536
500 -0.0572753851
1000 0.134993439
1500 0.0779693256
EOD
$method3_mean << EOD
0 0.232218838
500 0.20206885
1000 0.20206885
1500 0.165952454
EOD
$method4_dots << EOD
0 0.527705431
500 0.228118531
1000 0.427525315
1500 0.0270728969
EOD
$method4_mean << EOD
0 0.326401931
500 0.272570227
1000 0.272570227
1500 0.235146486
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 744,346 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1488,692 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 10.333in,4.806in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'gradient-cosine.'.picture.part
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
set yrange [-1:1]
set ytics 0.5
set lmargin at screen 0.07258; set rmargin at screen 0.26344; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'equal' noenhanced offset 0,-0.7
unset xlabel
set label 99 'cosine' at screen 0.01210, graph 0.5 center rotate by 90 noenhanced
set xtics 500; set xrange [0:1500]
set label 1 'c 0 %, |cos| 0.34' at graph 0.97,0.1 right noenhanced font ',9' textcolor rgb '#444444'
plot 0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8 title '0', $method0_dots using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#9dc3e0' title 'equal, single values', $method0_mean using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.8 title 'equal'
set lmargin at screen 0.32796; set rmargin at screen 0.51882; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'static (tuned)' noenhanced offset 0,-0.7
unset xlabel
unset label 99
set xtics 500; set xrange [0:1500]
set label 1 'c 15 %, |cos| 0.28' at graph 0.97,0.1 right noenhanced font ',9' textcolor rgb '#444444'
plot 0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8 title '0', $method1_dots using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#9dc3e0' title 'static (tuned), single values', $method1_mean using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.8 title 'static (tuned)'
set lmargin at screen 0.58333; set rmargin at screen 0.77419; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'uncertainty' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
unset label 99
set xtics 500; set xrange [0:1500]
set label 1 'c 10 %, |cos| 0.34' at graph 0.97,0.1 right noenhanced font ',9' textcolor rgb '#444444'
plot 0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8 title '0', $method2_dots using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#9dc3e0' title 'uncertainty, single values', $method2_mean using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.8 title 'uncertainty'
set lmargin at screen 0.07258; set rmargin at screen 0.26344; set bmargin at screen 0.12139; set tmargin at screen 0.46532
set title 'gradnorm † 3/5' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
set label 99 'cosine' at screen 0.01210, graph 0.5 center rotate by 90 noenhanced
set xtics 500; set xrange [0:1500]
set label 1 'c 20 %, |cos| 0.25' at graph 0.97,0.1 right noenhanced font ',9' textcolor rgb '#444444'
plot 0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8 title '0', $method3_dots using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#9dc3e0' title 'gradnorm † 3/5, single values', $method3_mean using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.8 title 'gradnorm † 3/5'
set lmargin at screen 0.32796; set rmargin at screen 0.51882; set bmargin at screen 0.12139; set tmargin at screen 0.46532
set title 'pcgrad' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
unset label 99
set xtics 500; set xrange [0:1500]
set label 1 'c 5 %, |cos| 0.27' at graph 0.97,0.1 right noenhanced font ',9' textcolor rgb '#444444'
plot 0 with lines linecolor rgb '#999999' dashtype 1 linewidth 0.8 title '0', $method4_dots using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#9dc3e0' title 'pcgrad, single values', $method4_mean using 1:2 with lines linecolor rgb '#0072B2' linewidth 1.8 title 'pcgrad'
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset nonlinear y; unset arrow; unset object; unset grid
set xrange [0:1]; set yrange [0:1]
set lmargin at screen 0.79032; set rmargin at screen 0.99866; set bmargin at screen 0.00289; set tmargin at screen 0.99711
set key at graph 0, graph 0.5 left center Left reverse samplen 2.5 spacing 1.15 noenhanced
plot NaN with lines linecolor rgb '#0072B2' linewidth 2 title 'moving mean', NaN with points pointtype 7 pointsize 0.4 linecolor rgb '#9dc3e0' title 'single values', NaN with lines linecolor rgb 'white' title 'c: conflict rate'
unset multiplot
unset output
}
