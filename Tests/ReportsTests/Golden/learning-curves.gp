# Validation loss over training, problem mixed, mean over seeds with 95 % t interval; points: the checkpoints that tables report (the last step), mean over seeds
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
$task0_single << EOD
0 2.27156553 2.1942747 2.34885637
500 1.75199792 1.70935536 1.79464048
1000 1.33991248 1.3196886 1.36013635
1500 1.04897419 0.995737307 1.10221106
2000 0.848822338 0.834459904 0.863184773
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
$task1_single << EOD
0 2.28409221 2.22481025 2.34337417
500 1.71435394 1.65001683 1.77869106
1000 1.32019226 1.26487396 1.37551055
1500 1.00534764 0.975568846 1.03512644
2000 0.801680249 0.779646462 0.823714036
EOD
if (!exists('pictures')) pictures = 'svg png'
if (!exists('part')) part = ''
do for [picture in pictures] {
reset
set encoding utf8
if (picture eq 'svg') { set terminal svg size 703,216 dynamic font 'sans-serif,11' linewidth 1 background rgb 'white' }
if (picture eq 'png') { set terminal pngcairo size 1406,432 font 'sans,11' fontscale 1.5 linewidth 2 pointscale 2 }
if (picture eq 'pdf') { set terminal pdfcairo size 9.764in,3.000in font 'sans,11' fontscale 0.75 linewidth 1 pointscale 1 }
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
set lmargin at screen 0.09388; set rmargin at screen 0.38976; set bmargin at screen 0.21296; set tmargin at screen 0.89815
set title 'digit' noenhanced offset 0,-0.6
set xlabel 'step' offset 0,0.4
set label 99 'validation loss' at screen 0.01280, graph 0.5 center rotate by 90 noenhanced
set xtics 500; set xrange [0:2000]
unset logscale y; set format y '%g'; set yrange [*:*]; set ytics 0.5
plot $task0_method0 using 1:3:4 with filledcurves linecolor rgb '#000000' title 'equal, 95 %', $task0_method1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'static (tuned), 95 %', $task0_method2 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'uncertainty, 95 %', $task0_method3 using 1:3:4 with filledcurves linecolor rgb '#009E73' title 'gradnorm, 95 %', $task0_method4 using 1:3:4 with filledcurves linecolor rgb '#CC79A7' title 'pcgrad, 95 %', $task0_method0 using 1:2 with lines linecolor rgb '#000000' dashtype 1 linewidth 1.6 title 'equal', $task0_method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'static (tuned)', $task0_method2 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'uncertainty', $task0_method3 using 1:2 with lines linecolor rgb '#009E73' dashtype 1 linewidth 1.6 title 'gradnorm', $task0_method4 using 1:2 with lines linecolor rgb '#CC79A7' dashtype 1 linewidth 1.6 title 'pcgrad', $task0_single using 1:2 with lines linecolor rgb '#808080' dashtype 2 linewidth 1.5 title 'single-task', 0.8488223 with lines linecolor rgb '#808080' dashtype 3 linewidth 0.8 title 'single-task at its checkpoint', '+' using (2000):(0.840540464308963) every ::0::0 with points linecolor rgb '#000000' pointtype 7 pointsize 0.9 title 'equal, checkpoint', '+' using (2000):(0.8173197185976486) every ::0::0 with points linecolor rgb '#D55E00' pointtype 5 pointsize 0.9 title 'static (tuned), checkpoint', '+' using (2000):(0.8183444459251655) every ::0::0 with points linecolor rgb '#0072B2' pointtype 9 pointsize 0.9 title 'uncertainty, checkpoint', '+' using (2000):(0.8343220199676865) every ::0::0 with points linecolor rgb '#009E73' pointtype 13 pointsize 0.9 title 'gradnorm, checkpoint', '+' using (2000):(0.844079820058651) every ::0::0 with points linecolor rgb '#CC79A7' pointtype 5 pointsize 0.9 title 'pcgrad, checkpoint', '+' using (2000):(0.848822338461724) every ::0::0 with points linecolor rgb '#505050' pointtype 2 pointsize 0.9 linewidth 1.6 title 'single-task, checkpoint'
set lmargin at screen 0.47795; set rmargin at screen 0.77383; set bmargin at screen 0.21296; set tmargin at screen 0.89815
set title 'position' noenhanced offset 0,-0.6
set xlabel 'step' offset 0,0.4
unset label 99
set xtics 500; set xrange [0:2000]
unset logscale y; set format y '%g'; set yrange [*:*]; set ytics 0.5
plot $task1_method0 using 1:3:4 with filledcurves linecolor rgb '#000000' title 'equal, 95 %', $task1_method1 using 1:3:4 with filledcurves linecolor rgb '#D55E00' title 'static (tuned), 95 %', $task1_method2 using 1:3:4 with filledcurves linecolor rgb '#0072B2' title 'uncertainty, 95 %', $task1_method3 using 1:3:4 with filledcurves linecolor rgb '#009E73' title 'gradnorm, 95 %', $task1_method4 using 1:3:4 with filledcurves linecolor rgb '#CC79A7' title 'pcgrad, 95 %', $task1_method0 using 1:2 with lines linecolor rgb '#000000' dashtype 1 linewidth 1.6 title 'equal', $task1_method1 using 1:2 with lines linecolor rgb '#D55E00' dashtype 1 linewidth 1.6 title 'static (tuned)', $task1_method2 using 1:2 with lines linecolor rgb '#0072B2' dashtype 1 linewidth 1.6 title 'uncertainty', $task1_method3 using 1:2 with lines linecolor rgb '#009E73' dashtype 1 linewidth 1.6 title 'gradnorm', $task1_method4 using 1:2 with lines linecolor rgb '#CC79A7' dashtype 1 linewidth 1.6 title 'pcgrad', $task1_single using 1:2 with lines linecolor rgb '#808080' dashtype 2 linewidth 1.5 title 'single-task', 0.8016802 with lines linecolor rgb '#808080' dashtype 3 linewidth 0.8 title 'single-task at its checkpoint', '+' using (2000):(0.7869239920558334) every ::0::0 with points linecolor rgb '#000000' pointtype 7 pointsize 0.9 title 'equal, checkpoint', '+' using (2000):(0.7632514173004765) every ::0::0 with points linecolor rgb '#D55E00' pointtype 5 pointsize 0.9 title 'static (tuned), checkpoint', '+' using (2000):(0.7685661165733626) every ::0::0 with points linecolor rgb '#0072B2' pointtype 9 pointsize 0.9 title 'uncertainty, checkpoint', '+' using (2000):(0.7584157969709331) every ::0::0 with points linecolor rgb '#009E73' pointtype 13 pointsize 0.9 title 'gradnorm, checkpoint', '+' using (2000):(0.7905425026936304) every ::0::0 with points linecolor rgb '#CC79A7' pointtype 5 pointsize 0.9 title 'pcgrad, checkpoint', '+' using (2000):(0.8016802489495077) every ::0::0 with points linecolor rgb '#505050' pointtype 2 pointsize 0.9 linewidth 1.6 title 'single-task, checkpoint'
unset border; unset tics; unset xlabel; unset ylabel; unset title; unset label
unset logscale; unset nonlinear y; unset arrow; unset object; unset grid
set xrange [0:1]; set yrange [0:1]
set lmargin at screen 0.79659; set rmargin at screen 0.99858; set bmargin at screen 0.00463; set tmargin at screen 0.99537
set key at graph 0, graph 0.5 left center Left reverse samplen 2.5 spacing 1.15 noenhanced
plot NaN with linespoints linecolor rgb '#808080' dashtype 2 linewidth 1.5 pointtype 2 pointsize 0.9 title 'single-task', NaN with linespoints linecolor rgb '#000000' dashtype 1 linewidth 1.8 pointtype 7 pointsize 0.9 title 'equal', NaN with linespoints linecolor rgb '#D55E00' dashtype 1 linewidth 1.8 pointtype 5 pointsize 0.9 title 'static (tuned)', NaN with linespoints linecolor rgb '#0072B2' dashtype 1 linewidth 1.8 pointtype 9 pointsize 0.9 title 'uncertainty', NaN with linespoints linecolor rgb '#009E73' dashtype 1 linewidth 1.8 pointtype 13 pointsize 0.9 title 'gradnorm † 3/5', NaN with linespoints linecolor rgb '#CC79A7' dashtype 1 linewidth 1.8 pointtype 5 pointsize 0.9 title 'pcgrad'
unset multiplot
unset output
}
