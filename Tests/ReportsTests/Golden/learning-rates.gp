# Validation Δm at every learning rate, problem mixed, mean and range over tuning seeds; the vertical axis is even near the lowest value and logarithmic above
# Written by mtlbench, data included. Draw it again: gnuplot learning-rates.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" learning-rates.gp
$method0 << EOD
0.0001 12.4646345 12.3668497 12.5624192
0.0003 4.58152551 4.42126121 4.74178982
0.001 -0.086249315 -0.355820868 0.183322238
0.003 -1.54923898 -2.31114669 -0.787331266
0.01 -0.163498208 -0.303915484 -0.0230809322
0.03 4.07995024 3.73825387 4.4216466
0.1 12.3548947 12.1216339 12.5881555
EOD
$chosen0 << EOD
0.003 -1.54923898 -2.31114669 -0.787331266
EOD
$method1 << EOD
0.0001 11.0055654 10.5108034 11.5003274
0.0003 3.64087736 3.49822374 3.78353099
0.001 -1.6645305 -1.67595171 -1.65310929
0.003 -2.72695277 -3.17305501 -2.28085053
0.01 -0.787472553 -1.01880086 -0.556144245
0.03 2.97559183 2.88343744 3.06774623
0.1 10.5763463 10.3703363 10.7823564
EOD
$chosen1 << EOD
0.003 -2.72695277 -3.17305501 -2.28085053
EOD
$method2 << EOD
0.0001 20.3746823 20.1777402 20.5716244
0.0003 10.0330966 9.89751495 10.1686782
0.001 1.94528014 1.05406912 2.83649115
0.003 -2.45435358 -2.94867237 -1.9600348
0.01 -4.29438204 -5.12823628 -3.46052779
0.03 -2.80280398 -3.19110079 -2.41450717
0.1 1.80835551 1.68895347 1.92775754
EOD
$chosen2 << EOD
0.01 -4.29438204 -5.12823628 -3.46052779
EOD
$method3 << EOD
0.0001 21.1975675 21.0968577 21.2982773
0.0003 10.2696437 10.1920459 10.3472414
0.001 3.38593248 3.10910646 3.66275851
0.003 -0.838439947 -0.997664629 -0.679215265
0.01 -2.79169013 -2.79780355 -2.78557672
0.03 -1.19378184 -1.52605048 -0.861513205
0.1 3.83589985 3.30582755 4.36597215
EOD
$chosen3 << EOD
0.01 -2.79169013 -2.79780355 -2.78557672
EOD
$method4 << EOD
0.0001 52.8532309 52.7365368 52.9699249
0.0003 37.154012 37.1117594 37.1962646
0.001 23.0620047 22.5623533 23.5616561
0.003 12.9603576 12.5430403 13.3776748
0.01 5.48065374 5.39637093 5.56493655
0.03 0.850420972 0.836087833 0.864754111
0.1 -0.67348678 -0.810799362 -0.536174198
EOD
$chosen4 << EOD
0.1 -0.67348678 -0.810799362 -0.536174198
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 783,346 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1566,692 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 10.875in,4.806in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'learning-rates.'.picture.part
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
set logscale x
set format x '10^{%T}'
set xtics 10 enhanced
unset mxtics
set xrange [7e-05:0.13999999999999999]
unset nonlinear y
set nonlinear y via asinh((y-(-5.12823628))/2.40128351) inverse (-5.12823628)+2.40128351*sinh(y)
set yrange [-5.59698:65.4172]; set ytics (-5, 0, 10, 50)
set lmargin at screen 0.06897; set rmargin at screen 0.25032; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'equal' noenhanced offset 0,-0.7
unset xlabel
set label 99 'Δm (%)' at screen 0.01149, graph 0.5 center rotate by 90 noenhanced
plot $method0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'equal, range over tuning seeds', $method0 using 1:2 with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.4 title 'equal', $chosen0 using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'equal, chosen'
set lmargin at screen 0.31162; set rmargin at screen 0.49298; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'static (tuned)' noenhanced offset 0,-0.7
unset xlabel
unset label 99
plot $method1 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'static (tuned), range over tuning seeds', $method1 using 1:2 with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.4 title 'static (tuned)', $chosen1 using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'static (tuned), chosen'
set lmargin at screen 0.55428; set rmargin at screen 0.73563; set bmargin at screen 0.59827; set tmargin at screen 0.94220
set title 'uncertainty' noenhanced offset 0,-0.7
set xlabel 'learning rate' offset 0,0.5
unset label 99
plot $method2 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'uncertainty, range over tuning seeds', $method2 using 1:2 with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.4 title 'uncertainty', $chosen2 using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'uncertainty, chosen'
set lmargin at screen 0.06897; set rmargin at screen 0.25032; set bmargin at screen 0.12139; set tmargin at screen 0.46532
set title 'gradnorm' noenhanced offset 0,-0.7
set xlabel 'learning rate' offset 0,0.5
set label 99 'Δm (%)' at screen 0.01149, graph 0.5 center rotate by 90 noenhanced
plot $method3 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'gradnorm, range over tuning seeds', $method3 using 1:2 with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.4 title 'gradnorm', $chosen3 using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'gradnorm, chosen'
set lmargin at screen 0.31162; set rmargin at screen 0.49298; set bmargin at screen 0.12139; set tmargin at screen 0.46532
set title 'pcgrad' noenhanced offset 0,-0.7
set xlabel 'learning rate' offset 0,0.5
unset label 99
plot $method4 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'pcgrad, range over tuning seeds', $method4 using 1:2 with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.4 title 'pcgrad', $chosen4 using 1:2 with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'pcgrad, chosen'
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset nonlinear y; unset arrow; unset object; unset grid
set xrange [0:1]; set yrange [0:1]
set lmargin at screen 0.75096; set rmargin at screen 0.99872; set bmargin at screen 0.00289; set tmargin at screen 0.99711
set key at graph 0, graph 0.5 left center Left reverse samplen 2.5 spacing 1.15 noenhanced
plot NaN with linespoints linecolor rgb '#0072B2' linewidth 1.5 pointtype 7 pointsize 0.5 title 'mean over tuning seeds', NaN with points pointtype 6 pointsize 1.4 linewidth 1.5 linecolor rgb '#D55E00' title 'chosen', NaN with points pointtype 2 pointsize 0.8 linecolor rgb '#444444' title 'a seed diverged'
unset multiplot
unset output
}
