# Expected validation Δm of the best of n tuning trials, problem mixed, trials in random order, without replacement; lower is better; the vertical axis is even near the lowest value and logarithmic above
# Written by mtlbench, data included. Draw it again: gnuplot expected-validation.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" expected-validation.gp
$method0 << EOD
1 4.52600263
2 1.10951782
3 -0.244848183
4 -0.825280247
5 -1.14963452
6 -1.35127601
7 -1.54923898
EOD
$method1 << EOD
1 4.54696715
2 1.48054771
3 0.155256408
4 -0.533522422
5 -0.94613487
6 -1.22053164
7 -1.41761691
8 -1.5678455
9 -1.68793318
10 -1.787642
11 -1.87292108
12 -1.94752448
13 -2.01390317
14 -2.073716
15 -2.12812952
16 -2.17799713
17 -2.22396833
18 -2.26655633
19 -2.30618071
20 -2.34319468
21 -2.37790255
22 -2.41057095
23 -2.44143601
24 -2.47070792
25 -2.4985738
26 -2.52519953
27 -2.55073094
28 -2.5752946
29 -2.5989984
30 -2.62193199
31 -2.64416719
32 -2.6657583
33 -2.68674235
34 -2.7071394
35 -2.72695277
EOD
$method2 << EOD
1 3.51569642
2 -1.44042872
3 -2.85141558
4 -3.48356398
5 -3.851624
6 -4.08129946
7 -4.29438204
EOD
$method3 << EOD
1 4.83787594
2 0.0964967151
3 -1.28143179
4 -1.93541281
5 -2.31822386
6 -2.56341752
7 -2.79169013
EOD
$method4 << EOD
1 18.8124562
2 6.87109016
3 2.66368308
4 0.85478419
5 -0.0175972907
6 -0.455785673
7 -0.67348678
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 537,280 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1074,560 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 7.458in,3.889in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'expected-validation.'.picture.part
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
set lmargin at screen 0.10801; set rmargin at screen 0.78212; set bmargin at screen 0.15000; set tmargin at screen 0.95714
set logscale x
set xrange [0.9259259259259258:37.800000000000004]
set xtics (1, 2, 3, 5, 7, 10, 20, 30)
unset nonlinear y
set yrange [-5.44972:19.9678]; set ytics (-5, 0, 5, 10, 15)
set xlabel 'tuning trials' offset 0,0.4
set ylabel 'expected validation Δm of the best (%)' offset 0.5,0
set arrow 1 from first 7,first -1.549239 to graph 1.0552,graph 0.2196 nohead linecolor rgb '#000000' dashtype 3 linewidth 0.7
set label 1 'equal' at graph 1.0635,graph 0.2196 left noenhanced textcolor rgb '#000000'
set arrow 2 from first 35,first -2.726953 to graph 1.0552,graph 0.1621 nohead linecolor rgb '#D55E00' dashtype 3 linewidth 0.7
set label 2 'static (tuned)' at graph 1.0635,graph 0.1621 left noenhanced textcolor rgb '#D55E00'
set arrow 3 from first 7,first -4.294382 to graph 1.0552,graph 0.0455 nohead linecolor rgb '#0072B2' dashtype 3 linewidth 0.7
set label 3 'uncertainty' at graph 1.0635,graph 0.0455 left noenhanced textcolor rgb '#0072B2'
set arrow 4 from first 7,first -2.791690 to graph 1.0552,graph 0.1046 nohead linecolor rgb '#009E73' dashtype 3 linewidth 0.7
set label 4 'gradnorm' at graph 1.0635,graph 0.1046 left noenhanced textcolor rgb '#009E73'
set arrow 5 from first 7,first -0.6734868 to graph 1.0552,graph 0.2771 nohead linecolor rgb '#CC79A7' dashtype 3 linewidth 0.7
set label 5 'pcgrad' at graph 1.0635,graph 0.2771 left noenhanced textcolor rgb '#CC79A7'
plot $method0 using 1:2 with linespoints linecolor rgb '#000000' dashtype 1 linewidth 1.5 pointtype 7 pointsize 0.6 title 'equal', $method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.5 title 'static (tuned)', $method2 using 1:2 with linespoints linecolor rgb '#0072B2' dashtype 1 linewidth 1.5 pointtype 9 pointsize 0.6 title 'uncertainty', $method3 using 1:2 with linespoints linecolor rgb '#009E73' dashtype 1 linewidth 1.5 pointtype 13 pointsize 0.6 title 'gradnorm', $method4 using 1:2 with linespoints linecolor rgb '#CC79A7' dashtype 1 linewidth 1.5 pointtype 5 pointsize 0.6 title 'pcgrad'
unset multiplot
unset output
}
