# Seconds of a training step relative to equal weights, problem mixed, median and range over seeds; with equal weights a step takes 0.150 ms
# Written by mtlbench, data included. Draw it again: gnuplot cost.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" cost.gp
$cost << EOD
0 3.8 3.8 3.8
1 1 1 1
2 1.01 1.01 1.01
3 1.02 1.02 1.02
4 1.31 1.31 1.31
5 1.72 1.72 1.72
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 487,166 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 974,332 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 6.764in,2.306in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'cost.'.picture.part
set datafile missing '?'
set minussign
set border 3 back linecolor rgb '#444444'
set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6
set style fill transparent solid 0.16 noborder
set key noenhanced
set style textbox noborder
set errorbars small
set key off
set lmargin at screen 0.23614; set rmargin at screen 0.98357; set bmargin at screen 0.24096; set tmargin at screen 0.85542
set yrange [5.5:-0.5]; set ytics nomirror format '%h' ('single-task' 0, 'equal' 1, 'static (tuned)' 2, 'uncertainty' 3, 'gradnorm' 4, 'pcgrad' 5) noenhanced
unset grid
set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6
set logscale x; set format x '%g'
set xtics (1, 1.5, 2, 3)
set xrange [0.900:4.48]
set xlabel 'step time, × equal weights' offset 0,0.4
plot '+' using (1):(-0.5):(0):(6) every ::0::0 with vectors nohead linecolor rgb '#808080' dashtype 1 title 'equal weights', $cost using 2:1:3:4 every ::0::0 with xerrorbars linecolor rgb '#808080' dashtype 1 pointtype 2 pointsize 0.8 linewidth 1.4 title 'single-task', $cost using 2:1:3:4 every ::1::1 with xerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.4 title 'equal', $cost using 2:1:3:4 every ::2::2 with xerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.8 linewidth 1.4 title 'static (tuned)', $cost using 2:1:3:4 every ::3::3 with xerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.8 linewidth 1.4 title 'uncertainty', $cost using 2:1:3:4 every ::4::4 with xerrorbars linecolor rgb '#009E73' dashtype 1 pointtype 13 pointsize 0.8 linewidth 1.4 title 'gradnorm', $cost using 2:1:3:4 every ::5::5 with xerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.8 linewidth 1.4 title 'pcgrad'
unset multiplot
unset output
}
