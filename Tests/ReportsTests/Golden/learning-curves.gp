# Validation loss over training, problem mixed, mean over seeds with 95 % t interval
# Written by mtlbench, data included. Draw it again: gnuplot learning-curves.gp
# With a PDF too: gnuplot -e "pictures='svg png pdf'" learning-curves.gp
$task0_method0 << EOD
0 2.25306941 2.17899857 2.32714026
500 1.70264211 1.6406137 1.76467052
1000 1.36315954 1.29438766 1.43193142
1500 1.02416471 0.974970074 1.07335935
2000 0.840540464 0.810402615 0.870678314
EOD
$task0_method1 << EOD
0 2.21975685 2.16064977 2.27886394
500 1.68054955 1.65789147 1.70320762
1000 1.28769607 1.24523195 1.3301602
1500 1.04479016 0.998887453 1.09069287
2000 0.817319719 0.765910618 0.86872882
EOD
$task0_method2 << EOD
0 2.19361883 2.14303714 2.24420051
500 1.66777853 1.57343961 1.76211745
1000 1.2966407 1.24665274 1.34662866
1500 1.05811944 1.0139175 1.10232138
2000 0.818344446 0.792609202 0.84407969
EOD
$task0_method3 << EOD
0 2.15639892 1.96629858 2.34649925
500 1.75820966 1.62851469 1.88790462
1000 1.30953981 1.26315652 1.35592311
1500 1.02992427 0.921026804 1.13882173
2000 0.83432202 0.786307729 0.882336311
EOD
$task0_method4 << EOD
0 2.22849843 2.17483141 2.28216545
500 1.69524625 1.63443754 1.75605495
1000 1.33941981 1.27637034 1.40246927
1500 1.08199144 1.04816408 1.11581881
2000 0.84407982 0.829662925 0.858496715
EOD
$task1_method0 << EOD
0 2.29027701 2.24102886 2.33952515
500 1.73756718 1.68541301 1.78972135
1000 1.30593161 1.27266455 1.33919866
1500 0.987008521 0.942940157 1.03107689
2000 0.786923992 0.736117228 0.837730756
EOD
$task1_method1 << EOD
0 2.37527051 2.30650886 2.44403217
500 1.72815711 1.66441885 1.79189537
1000 1.25896467 1.21043731 1.30749202
1500 0.999799066 0.974820419 1.02477771
2000 0.763251417 0.735260972 0.791241863
EOD
$task1_method2 << EOD
0 2.27706286 2.24925224 2.30487348
500 1.70916725 1.63906314 1.77927136
1000 1.25404478 1.18849995 1.31958961
1500 0.976754639 0.948296725 1.00521255
2000 0.768566117 0.735186694 0.801945539
EOD
$task1_method3 << EOD
0 2.32353383 2.19762263 2.44944504
500 1.68532939 1.60724127 1.76341752
1000 1.26214745 1.1360172 1.3882777
1500 0.983885432 0.918555435 1.04921543
2000 0.758415797 0.679122116 0.837709478
EOD
$task1_method4 << EOD
0 2.29129377 2.2211061 2.36148143
500 1.70553158 1.66878646 1.74227671
1000 1.30600504 1.24205614 1.36995395
1500 1.00051128 0.956383749 1.0446388
2000 0.790542503 0.743452109 0.837632896
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 763,246 dynamic font 'sans-serif,11' background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1526,492 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 10.597in,3.417in font 'sans,11' fontscale 0.75 }
set output 'learning-curves.'.picture.part
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
set lmargin at screen 0.08126; set rmargin at screen 0.35911; set bmargin at screen 0.20325; set tmargin at screen 0.91057
set title 'digit' noenhanced offset 0,-0.6
set xlabel 'step' offset 0,0.4
set ylabel 'validation loss' offset 1,0
set xtics 500; set xrange [0:2000]
unset logscale y; set format y '%g'; set yrange [*:*]; set ytics autofreq
plot $task0_method0 using 1:3:4 with filledcurves linecolor rgb '#000000', $task0_method1 using 1:3:4 with filledcurves linecolor rgb '#D55E00', $task0_method2 using 1:3:4 with filledcurves linecolor rgb '#0072B2', $task0_method3 using 1:3:4 with filledcurves linecolor rgb '#009E73', $task0_method4 using 1:3:4 with filledcurves linecolor rgb '#CC79A7', $task0_method0 using 1:2 with lines linecolor rgb '#000000' dashtype 1 linewidth 1.6, $task0_method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6, $task0_method2 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6, $task0_method3 using 1:2 with lines linecolor rgb '#009E73' dashtype 1 linewidth 1.6, $task0_method4 using 1:2 with lines linecolor rgb '#CC79A7' dashtype 1 linewidth 1.6, 0.8488223 with lines linecolor rgb '#808080' dashtype 2 linewidth 1.4
set lmargin at screen 0.43512; set rmargin at screen 0.71298; set bmargin at screen 0.20325; set tmargin at screen 0.91057
set title 'position' noenhanced offset 0,-0.6
set xlabel 'step' offset 0,0.4
unset ylabel
set xtics 500; set xrange [0:2000]
unset logscale y; set format y '%g'; set yrange [*:*]; set ytics autofreq
plot $task1_method0 using 1:3:4 with filledcurves linecolor rgb '#000000', $task1_method1 using 1:3:4 with filledcurves linecolor rgb '#D55E00', $task1_method2 using 1:3:4 with filledcurves linecolor rgb '#0072B2', $task1_method3 using 1:3:4 with filledcurves linecolor rgb '#009E73', $task1_method4 using 1:3:4 with filledcurves linecolor rgb '#CC79A7', $task1_method0 using 1:2 with lines linecolor rgb '#000000' dashtype 1 linewidth 1.6, $task1_method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6, $task1_method2 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6, $task1_method3 using 1:2 with lines linecolor rgb '#009E73' dashtype 1 linewidth 1.6, $task1_method4 using 1:2 with lines linecolor rgb '#CC79A7' dashtype 1 linewidth 1.6, 0.8016802 with lines linecolor rgb '#808080' dashtype 2 linewidth 1.4
set lmargin at screen 0.72543; set rmargin at screen 0.99869; set bmargin at screen 0.00407; set tmargin at screen 0.99593
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset arrow; unset grid
set xrange [0:1]; set yrange [0:1]
set key at graph 0, graph 0.5 left center Left reverse samplen 3 spacing 1.15 noenhanced
plot NaN with lines linecolor rgb '#808080' dashtype 2 linewidth 1.5 title 'single-task, at its end', NaN with lines linecolor rgb '#000000' dashtype 1 linewidth 1.8 title 'equal', NaN with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.8 title 'static (tuned)', NaN with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.8 title 'uncertainty', NaN with lines linecolor rgb '#009E73' dashtype 1 linewidth 1.8 title 'gradnorm † 3/5', NaN with lines linecolor rgb '#CC79A7' dashtype 1 linewidth 1.8 title 'pcgrad'
unset multiplot
unset output
}
