# Share of each task in the weights, problem mixed, median and 10 to 90 % range over seeds
# Written by mtlbench, data included. Draw it again: gnuplot task-weights.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" task-weights.gp
$method1_task0 << EOD
0 0.49959926 0.495700303 0.511428147
500 0.466850952 0.457786432 0.475588395
1000 0.430838977 0.425033329 0.443638187
1500 0.434344269 0.428643475 0.446561558
EOD
$method1_task1 << EOD
0 0.50040074 0.488571853 0.504299697
500 0.533149048 0.524411605 0.542213568
1000 0.569161023 0.556361813 0.574966671
1500 0.565655731 0.553438442 0.571356525
EOD
$method2_task0 << EOD
0 0.515303859 0.442444328 0.551729402
500 0.350946391 0.320632327 0.39174361
1000 0.311836735 0.273986844 0.326314787
1500 0.276680761 0.253723413 0.356180078
EOD
$method2_task1 << EOD
0 0.484696141 0.448270598 0.557555672
500 0.649053609 0.60825639 0.679367673
1000 0.688163265 0.673685213 0.726013156
1500 0.723319239 0.643819922 0.746276587
EOD
$method3_task0 << EOD
0 0.508042353 0.480704782 0.518681104
500 0.406006892 0.346921049 0.438481556
1000 0.3554032 0.34558669 0.422644725
1500 0.363655507 0.336753501 0.369752621
EOD
$method3_task1 << EOD
0 0.491957647 0.481318896 0.519295218
500 0.593993108 0.561518444 0.653078951
1000 0.6445968 0.577355275 0.65441331
1500 0.636344493 0.630247379 0.663246499
EOD
$method4_task0 << EOD
0 0.5 0.5 0.5
500 0.5 0.5 0.5
1000 0.5 0.5 0.5
1500 0.5 0.5 0.5
EOD
$method4_task1 << EOD
0 0.5 0.5 0.5
500 0.5 0.5 0.5
1000 0.5 0.5 0.5
1500 0.5 0.5 0.5
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 882,181 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1764,362 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 12.250in,2.514in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'task-weights.'.picture.part
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
set yrange [0:1]
set ytics 0.5
set lmargin at screen 0.06122; set rmargin at screen 0.22222; set bmargin at screen 0.23204; set tmargin at screen 0.88950
set title 'static (tuned)' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
set label 99 'share' at screen 0.01020, graph 0.5 center rotate by 90 noenhanced
set xtics 500; set xrange [0:1500]
plot 0.5000 with lines linecolor rgb '#bbbbbb' dashtype 3 linewidth 1 title 'equal weights', $method1_task0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'static (tuned), digit, range', $method1_task1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'static (tuned), position, range', $method1_task0 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'static (tuned), digit', $method1_task1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'static (tuned), position'
set lmargin at screen 0.27664; set rmargin at screen 0.43764; set bmargin at screen 0.23204; set tmargin at screen 0.88950
set title 'uncertainty' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
unset label 99
set xtics 500; set xrange [0:1500]
plot 0.5000 with lines linecolor rgb '#bbbbbb' dashtype 3 linewidth 1 title 'equal weights', $method2_task0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'uncertainty, digit, range', $method2_task1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'uncertainty, position, range', $method2_task0 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'uncertainty, digit', $method2_task1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'uncertainty, position'
set lmargin at screen 0.49206; set rmargin at screen 0.65306; set bmargin at screen 0.23204; set tmargin at screen 0.88950
set title 'gradnorm † 3/5' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
unset label 99
set xtics 500; set xrange [0:1500]
plot 0.5000 with lines linecolor rgb '#bbbbbb' dashtype 3 linewidth 1 title 'equal weights', $method3_task0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'gradnorm † 3/5, digit, range', $method3_task1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'gradnorm † 3/5, position, range', $method3_task0 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'gradnorm † 3/5, digit', $method3_task1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'gradnorm † 3/5, position'
set lmargin at screen 0.70748; set rmargin at screen 0.86848; set bmargin at screen 0.23204; set tmargin at screen 0.88950
set title 'pcgrad' noenhanced offset 0,-0.7
set xlabel 'step' offset 0,0.5
unset label 99
set xtics 500; set xrange [0:1500]
plot 0.5000 with lines linecolor rgb '#bbbbbb' dashtype 3 linewidth 1 title 'equal weights', $method4_task0 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'pcgrad, digit, range', $method4_task1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'pcgrad, position, range', $method4_task0 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'pcgrad, digit', $method4_task1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'pcgrad, position'
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset nonlinear y; unset arrow; unset object; unset grid
set xrange [0:1]; set yrange [0:1]
set lmargin at screen 0.88209; set rmargin at screen 0.99887; set bmargin at screen 0.00552; set tmargin at screen 0.99448
set key at graph 0, graph 0.5 left center Left reverse samplen 2.5 spacing 1.15 noenhanced
plot NaN with lines linecolor rgb '#0072B2' dashtype 1 linewidth 2 title 'digit', NaN with lines linecolor rgb '#D55E00' dashtype 1 linewidth 2 title 'position'
unset multiplot
unset output
}
