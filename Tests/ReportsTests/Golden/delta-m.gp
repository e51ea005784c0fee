# Δm against single-task training, suite bench, mean and 95 % interval over seeds of each method by itself; lower is better
# Written by mtlbench, data included. Draw it again: gnuplot delta-m.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" delta-m.gp
$panel0 << EOD
0 -1.48396317 -1.95400031 -1.01392603
1 -3.22815976 -3.98537915 -2.47094037
2 -4.20861124 -4.4389614 -3.97826107
4 -0.614169396 -1.0028099 -0.225528896
EOD
$panel1 << EOD
0 -1.18150623 -1.90074067 -0.462271778
1 -2.83172959 -3.2229582 -2.44050098
2 -3.61908682 -4.27947133 -2.95870232
4 -0.490913796 -0.856112595 -0.125714998
EOD
$panel2 << EOD
0 -1.33410542 -1.63696484 -1.031246
1 -3.03167474 -3.33237839 -2.73097109
2 -3.91548367 -4.16138243 -3.66958492
4 -0.554275588 -0.742610889 -0.365940287
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 677,149 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1354,298 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 9.403in,2.069in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'delta-m.'.picture.part
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
unset grid
set lmargin at screen 0.16987; set rmargin at screen 0.42688; set bmargin at screen 0.26846; set tmargin at screen 0.83893
set title 'mixed' noenhanced offset 0,-0.6
set xlabel 'Δm (%), ← better' offset 0,0.4
unset label; unset arrow
set yrange [4.5:-0.5]; set ytics nomirror format '%h' ('equal' 0, 'static (tuned)' 1, 'uncertainty' 2, 'gradnorm' 3, 'pcgrad' 4) noenhanced
set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6
set xrange [-4.705:0.2663]; set xtics 2
set label '† 3/5 runs' at graph 0.5, first 3 center font ',9' textcolor rgb '#777777'
plot '+' using (0):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#808080' dashtype 1 linewidth 1 title 'single-task', '+' using (-3.2281597595929257):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#D55E00' dashtype 3 linewidth 1 title 'static (tuned)', $panel0 using 2:1:3:4 every ::0::0 with xerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.7 linewidth 1.4 title 'equal', $panel0 using 2:1:3:4 every ::1::1 with xerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'static (tuned)', $panel0 using 2:1:3:4 every ::2::2 with xerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.7 linewidth 1.4 title 'uncertainty', $panel0 using 2:1:3:4 every ::3::3 with xerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'pcgrad'
set lmargin at screen 0.45052; set rmargin at screen 0.70753; set bmargin at screen 0.26846; set tmargin at screen 0.83893
set title 'conflict' noenhanced offset 0,-0.6
set xlabel 'Δm (%), ← better' offset 0,0.4
unset label; unset arrow
set yrange [4.5:-0.5]; unset ytics
set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6
set xrange [-4.536:0.2568]; set xtics 2
set label '† 3/5 runs' at graph 0.5, first 3 center font ',9' textcolor rgb '#777777'
plot '+' using (0):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#808080' dashtype 1 linewidth 1 title 'single-task', '+' using (-2.8317295906547235):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#D55E00' dashtype 3 linewidth 1 title 'static (tuned)', $panel1 using 2:1:3:4 every ::0::0 with xerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.7 linewidth 1.4 title 'equal', $panel1 using 2:1:3:4 every ::1::1 with xerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'static (tuned)', $panel1 using 2:1:3:4 every ::2::2 with xerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.7 linewidth 1.4 title 'uncertainty', $panel1 using 2:1:3:4 every ::3::3 with xerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'pcgrad'
set lmargin at screen 0.73117; set rmargin at screen 0.98818; set bmargin at screen 0.26846; set tmargin at screen 0.83893
set title 'geometric mean' noenhanced offset 0,-0.6
set xlabel 'Δm (%), ← better' offset 0,0.4
unset label; unset arrow
set yrange [4.5:-0.5]; unset ytics
set grid xtics linecolor rgb '#e4e4e4' linetype 1 linewidth 0.6
set xrange [-4.411:0.2497]; set xtics 2
set label '† failed runs' at graph 0.5, first 3 center font ',9' textcolor rgb '#777777'
plot '+' using (0):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#808080' dashtype 1 linewidth 1 title 'single-task', '+' using (-3.0316747390808696):(-0.5):(0):(5) every ::0::0 with vectors nohead linecolor rgb '#D55E00' dashtype 3 linewidth 1 title 'static (tuned)', $panel2 using 2:1:3:4 every ::0::0 with xerrorbars linecolor rgb '#000000' dashtype 1 pointtype 7 pointsize 0.7 linewidth 1.4 title 'equal', $panel2 using 2:1:3:4 every ::1::1 with xerrorbars linecolor rgb '#D55E00' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'static (tuned)', $panel2 using 2:1:3:4 every ::2::2 with xerrorbars linecolor rgb '#0072B2' dashtype 1 pointtype 9 pointsize 0.7 linewidth 1.4 title 'uncertainty', $panel2 using 2:1:3:4 every ::3::3 with xerrorbars linecolor rgb '#CC79A7' dashtype 1 pointtype 5 pointsize 0.7 linewidth 1.4 title 'pcgrad'
unset multiplot
unset output
}
