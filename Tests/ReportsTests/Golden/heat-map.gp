# Δm (%) against single-task training, suite bench; blue is better, † failed runs
# Written by mtlbench, data included. Draw it again: gnuplot heat-map.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" heat-map.gp
$cells << EOD
0 0 -1.48396317
1 0 -1.18150623
2 0 -1.33410542
0 1 -3.22815976
1 1 -2.83172959
2 1 -3.03167474
0 2 -4.20861124
1 2 -3.61908682
2 2 -3.91548367
0 4 -0.614169396
1 4 -0.490913796
2 4 -0.554275588
EOD
$light << EOD
0 0 "−1.5"
1 0 "−1.2"
2 0 "−1.3"
1 1 "−2.8"
0 4 "−0.6"
1 4 "−0.5"
2 4 "−0.6"
EOD
$dark << EOD
0 1 "−3.2"
2 1 "−3.0"
0 2 "−4.2"
1 2 "−3.6"
2 2 "−3.9"
EOD
$failed << EOD
0 3
1 3
2 3
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 367,182 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 734,364 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 5.097in,2.528in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'heat-map.'.picture.part
set datafile missing '?'
set minussign
set border 3 back linecolor rgb '#444444'
set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6
set style fill transparent solid 0.16 noborder
set key noenhanced
set style textbox noborder
set errorbars small
set lmargin at screen 0.2916
set rmargin at screen 0.7984
set tmargin at screen 0.5696
set bmargin at screen 0.0767
unset border; unset grid; set key off; set tics scale 0; set style fill solid 1 noborder
set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', 1 '#b2182b')
set cbrange [-1:1]; set cbtics ('−4' -0.9504, '−2' -0.4752, '0' 0.0000, '2' 0.4752, '4' 0.9504)
set colorbox user origin graph 1.03, graph 0 size character 1.5, graph 1
set xrange [-0.5:2.5]
set yrange [4.5:-0.5]; set ytics nomirror format '%h' ('equal' 0, 'static (tuned)' 1, 'uncertainty' 2, 'gradnorm' 3, 'pcgrad' 4) noenhanced
unset xtics; set x2range [-0.5:2.5]
set x2tics ('mixed' 0, 'conflict' 1, 'geometric mean' 2) noenhanced rotate by 35 left
plot $cells using 1:2:($1-0.48):($1+0.48):($2-0.46):($2+0.46):($3/4.20861) with boxxyerror linecolor palette title 'Δ', $light using 1:2:3 with labels font ',9' textcolor rgb '#111111' title 'numbers', $dark using 1:2:3 with labels font ',9' textcolor rgb '#ffffff' title 'numbers', $failed using 1:2:('†') with labels textcolor rgb '#444444' title 'failed runs'
unset multiplot
unset output
}
