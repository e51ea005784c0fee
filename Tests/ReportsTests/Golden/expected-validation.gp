# Expected validation Δm of the best of n tuning trials, problem mixed, trials in random order, without replacement; lower is better; values above the frame are cut off
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
if (picture eq 'svg') { set terminal svg size 571,300 dynamic font 'sans-serif,11' background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1142,600 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 7.931in,4.167in font 'sans,11' fontscale 0.75 }
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
set lmargin at screen 0.10858; set rmargin at screen 0.71103; set bmargin at screen 0.15333; set tmargin at screen 0.96000
set logscale x
set xrange [0.9259259259259258:37.800000000000004]
set xtics (1, 2, 5, 10, 20)
set yrange [-4.603:1.164]; set ytics 1
set xlabel 'tuning trials' offset 0,0.4
set ylabel 'expected validation Δm of the best (%)' offset 0.5,0
plot $method0 using 1:2 with linespoints linecolor rgb '#000000' dashtype 1 linewidth 1.5 pointtype 7 pointsize 0.6, $method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.5, $method2 using 1:2 with linespoints linecolor rgb '#0072B2' dashtype 1 linewidth 1.5 pointtype 9 pointsize 0.6, $method3 using 1:2 with linespoints linecolor rgb '#009E73' dashtype 1 linewidth 1.5 pointtype 13 pointsize 0.6, $method4 using 1:2 with linespoints linecolor rgb '#CC79A7' dashtype 1 linewidth 1.5 pointtype 5 pointsize 0.6
set lmargin at screen 0.73555; set rmargin at screen 0.99825; set bmargin at screen 0.00333; set tmargin at screen 0.99667
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset arrow; unset grid
set xrange [0:1]; set yrange [0:1]
set key at graph 0, graph 0.5 left center Left reverse samplen 3 spacing 1.15 noenhanced
plot NaN with linespoints linecolor rgb '#000000' dashtype 1 linewidth 1.5 pointtype 7 pointsize 0.6 title 'equal', NaN with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.5 title 'static (tuned)', NaN with linespoints linecolor rgb '#0072B2' dashtype 1 linewidth 1.5 pointtype 9 pointsize 0.6 title 'uncertainty', NaN with linespoints linecolor rgb '#009E73' dashtype 1 linewidth 1.5 pointtype 13 pointsize 0.6 title 'gradnorm', NaN with linespoints linecolor rgb '#CC79A7' dashtype 1 linewidth 1.5 pointtype 5 pointsize 0.6 title 'pcgrad'
unset multiplot
unset output
}
