# Mean rank of Δm over problems, suite bench; 1 is best
# Written by mtlbench, data included. Draw it again: gnuplot critical-difference.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" critical-difference.gp
$lines << EOD
150.5 44 390.5 44
150.5 44 150.5 37
210.5 44 210.5 37
270.5 44 270.5 37
330.5 44 330.5 37
390.5 44 390.5 37
150.5 44 150.5 79.5
150.5 79.5 142.5 79.5
210.5 44 210.5 96.5
210.5 96.5 142.5 96.5
270.5 44 270.5 113.5
270.5 113.5 142.5 113.5
330.5 44 330.5 96.5
330.5 96.5 398.5 96.5
390.5 44 390.5 79.5
390.5 79.5 398.5 79.5
EOD
$bars << EOD
146.9 54 394.1 54
EOD
$dots << EOD
150.5 54
210.5 54
270.5 54
330.5 54
390.5 54
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 541,174 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1082,348 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 7.514in,2.417in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
set output 'critical-difference.'.picture.part
set datafile missing '?'
set minussign
set border 3 back linecolor rgb '#444444'
set tics nomirror out scale 0.6 textcolor rgb '#222222' noenhanced
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.6
set style fill transparent solid 0.16 noborder
set key noenhanced
set style textbox noborder
set errorbars small
unset border; unset tics; unset grid; set key off
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set xrange [0:541]; set yrange [174:0]
set label '1' at first 150.5,29.0 center noenhanced
set label '2' at first 210.5,29.0 center noenhanced
set label '3' at first 270.5,29.0 center noenhanced
set label '4' at first 330.5,29.0 center noenhanced
set label '5' at first 390.5,29.0 center noenhanced
set label 'mean rank, 1 is best' at first 270.5,12.0 center noenhanced
set label 'uncertainty (1.00)' at first 138.5,79.5 right noenhanced
set label 'static (tuned) (2.00)' at first 138.5,96.5 right noenhanced
set label 'equal (3.00)' at first 138.5,113.5 right noenhanced
set label 'pcgrad (4.00)' at first 402.5,96.5 left noenhanced
set label 'gradnorm (5.00)' at first 402.5,79.5 left noenhanced
set label '2 problems in 2 families; Friedman with Iman–Davenport F: p < 0.001' at first 270.5,144.0 center noenhanced
set label 'too few families for Wilcoxon–Holm to tell any pair apart: it needs 9' at first 270.5,161.0 center noenhanced
plot $lines using 1:2:($3-$1):($4-$2) with vectors nohead linecolor rgb '#444444' linewidth 1 title 'mean ranks', $bars using 1:2:($3-$1):($4-$2) with vectors nohead linecolor rgb '#0072B2' linewidth 3 title 'not told apart', $dots using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#0072B2' title 'not told apart'
unset multiplot
unset output
}
