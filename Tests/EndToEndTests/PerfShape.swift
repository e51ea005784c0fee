/// What the quick report of `mtlbench-perf` consists of: its headings and tables, `#` for every
/// number, without the rows of those that list the registry's methods.
let expectedShape = """
  ## Steps
  work | method | steps/s, best | median | lowest | % of roofline | calls for memory
  W1 | equal | # | # | # | # | #
  W1 | uw | # | # | # | # | #
  W1 | gradnorm | # | # | # | # | #
  W1 | pcgrad | # | # | # | # | #
  W1 | cagrad | # | # | # | # | #
  W1 | mgda | # | # | # | # | #
  W1 | upgrad | # | # | # | # | #
  W2 | equal | # | # | # | # | #
  W2 | uw | # | # | # | # | #
  W2 | gradnorm | # | # | # | # | #
  W2 | pcgrad | # | # | # | # | #
  W2 | cagrad | # | # | # | # | #
  W2 | mgda | # | # | # | # | #
  W2 | upgrad | # | # | # | # | #
  W3 | equal | # | # | # | # | #
  W3 | uw | # | # | # | # | #
  W3 | gradnorm | # | # | # | # | #
  W3 | pcgrad | # | # | # | # | #
  W3 | cagrad | # | # | # | # | #
  W3 | mgda | # | # | # | # | #
  W3 | upgrad | # | # | # | # | #
  W4 | equal | # | # | # | # | #
  W4 | uw | # | # | # | # | #
  W4 | gradnorm | # | # | # | # | #
  W4 | pcgrad | # | # | # | # | #
  W4 | cagrad | # | # | # | # | #
  W4 | mgda | # | # | # | # | #
  W4 | upgrad | # | # | # | # | #
  W5 | equal | # | # | # | # | #
  W5 | uw | # | # | # | # | #
  W5 | gradnorm | # | # | # | # | #
  W5 | pcgrad | # | # | # | # | #
  W5 | cagrad | # | # | # | # | #
  W5 | mgda | # | # | # | # | #
  W5 | upgrad | # | # | # | # | #
  W6-hard | equal | # | # | # | # | #
  W6-soft | equal | # | # | # | # | #
  W6-cross_stitch | equal | # | # | # | # | #
  W6-mmoe | equal | # | # | # | # | #
  W6-cgc | equal | # | # | # | # | #
  W6-ple | equal | # | # | # | # | #
  W6-dselect_k | equal | # | # | # | # | #
  W6-mtan | equal | # | # | # | # | #
  W6-ltb | equal | # | # | # | # | #
  W6-low_rank | equal | # | # | # | # | #
  ## Runs of 20 epochs with 20 evaluations
  work | method | run, ms | % outside the steps
  W1 | equal | # | #
  W1 | pcgrad | # | #
  W2 | equal | # | #
  W2 | pcgrad | # | #
  W3 | equal | # | #
  W3 | pcgrad | # | #
  ## Weight computations
  method | is given | K = 2, µs | K = 10, µs | K = 40, µs
  ## Matrix products
  product | rows × inner × columns | GFLOP/s | % of peak | OpenBLAS, GFLOP/s | ratio
  W1 layer forward | 32 × 128 × 64 | # | # | # | #
  W1 layer weight gradient | 128 × 32 × 64 | # | # | # | #
  W1 heads forward | 32 × 64 × 15 | # | # | # | #
  W1 heads weight gradient | 64 × 32 × 15 | # | # | # | #
  W1 heads input gradient | 32 × 15 × 64 | # | # | # | #
  W1 one head's input gradient | 32 × 5 × 64 | # | # | # | #
  W1 one head's input gradient | 32 × 10 × 64 | # | # | # | #
  W2 layer forward | 256 × 64 × 256 | # | # | # | #
  W2 layer weight gradient | 64 × 256 × 256 | # | # | # | #
  W2 layer forward | 256 × 256 × 256 | # | # | # | #
  W2 layer weight gradient | 256 × 256 × 256 | # | # | # | #
  W2 layer forward | 256 × 256 × 128 | # | # | # | #
  W2 layer weight gradient | 256 × 256 × 128 | # | # | # | #
  W2 layer input gradient | 256 × 128 × 256 | # | # | # | #
  W2 heads forward | 256 × 128 × 15 | # | # | # | #
  W2 heads weight gradient | 128 × 256 × 15 | # | # | # | #
  W2 heads input gradient | 256 × 15 × 128 | # | # | # | #
  W2 one head's input gradient | 256 × 5 × 128 | # | # | # | #
  W2 one head's input gradient | 256 × 10 × 128 | # | # | # | #
  W3 layer forward | 100 × 250 × 100 | # | # | # | #
  W3 layer weight gradient | 250 × 100 × 100 | # | # | # | #
  W3 layer forward | 100 × 100 × 100 | # | # | # | #
  W3 layer weight gradient | 100 × 100 × 100 | # | # | # | #
  W3 heads forward | 100 × 100 × 1000 | # | # | # | #
  W3 heads weight gradient | 100 × 100 × 1000 | # | # | # | #
  W3 heads input gradient | 100 × 1000 × 100 | # | # | # | #
  ## Convolutions and attention
  loop | µs | GFLOP/s | % of peak | % of peak, all products counted
  W4 first, forward | # | # | # | #
  W4 first, weight gradient | # | # | # | #
  W4 second, forward | # | # | # | #
  W4 second, weight gradient | # | # | # | #
  W4 second, input gradient | # | # | # | #
  residual, 16 channels on 16 × 16, forward | # | # | # | #
  residual, 16 channels on 16 × 16, weight gradient | # | # | # | #
  residual, 16 channels on 16 × 16, input gradient | # | # | # | #
  W5, queries × keys | # | # | # | #
  W5, shares × values | # | # | # | #
  W5, transposed shares × gradient | # | # | # | #
  ## Elementwise loops
  loop | ns per element, in cache | GB/s | % of copy | ns per element, from memory | GB/s | % of copy
  copy (memcpy) | # | # | # | # | # | #
  exponential | # | # | # | # | # | #
  tanh | # | # | # | # | # | #
  softmax cross-entropy, 10 classes | # | # | # | # | # | #
  sigmoid cross-entropy | # | # | # | # | # | #
  squared error | # | # | # | # | # | #
  Adam | # | # | # | # | # | #
  SGD | # | # | # | # | # | #
  Adam on 10 weighted gradients | # | # | # | # | # | #
  Gramian of 10 | # | # | # | # | # | #
  gather of rows of 128 | # | # | # | # | # | #
  transpose | # | # | # | # | # | #
  ## Growth
  µs per step, tasks | # | # | # | # | # | slope at the end
  equal | # | # | # | # | # | #
  gradnorm | # | # | # | # | # | #
  pcgrad | # | # | # | # | # | #
  mgda | # | # | # | # | # | #
  upgrad | # | # | # | # | # | #
  µs per step, width | # | # | # | # | slope at the end
  equal | # | # | # | # | #
  gradnorm | # | # | # | # | #
  pcgrad | # | # | # | # | #
  mgda | # | # | # | # | #
  upgrad | # | # | # | # | #
  µs per step, batch | # | # | # | # | # | slope at the end
  equal | # | # | # | # | # | #
  gradnorm | # | # | # | # | # | #
  pcgrad | # | # | # | # | # | #
  mgda | # | # | # | # | # | #
  upgrad | # | # | # | # | # | #
  µs per step, depth | # | # | # | # | slope at the end
  equal | # | # | # | # | #
  gradnorm | # | # | # | # | #
  pcgrad | # | # | # | # | #
  mgda | # | # | # | # | #
  upgrad | # | # | # | # | #
  size | method | step, µs | network | Gramian | weights | optimizer | rest
  tasks 2 | equal | # | # | # | # | # | #
  tasks 2 | pcgrad | # | # | # | # | # | #
  tasks 40 | equal | # | # | # | # | # | #
  tasks 40 | pcgrad | # | # | # | # | # | #
  width 16 | equal | # | # | # | # | # | #
  width 16 | pcgrad | # | # | # | # | # | #
  width 1024 | equal | # | # | # | # | # | #
  width 1024 | pcgrad | # | # | # | # | # | #
  batch 8 | equal | # | # | # | # | # | #
  batch 8 | pcgrad | # | # | # | # | # | #
  batch 1024 | equal | # | # | # | # | # | #
  batch 1024 | pcgrad | # | # | # | # | # | #
  depth 1 | equal | # | # | # | # | # | #
  depth 1 | pcgrad | # | # | # | # | # | #
  depth 8 | equal | # | # | # | # | # | #
  depth 8 | pcgrad | # | # | # | # | # | #
  ## Weights from a Gramian at 40 tasks
  method | step, µs | weights, µs | % of the step
  ## Two workers
  work | method | one, steps/s | two, steps/s in all | ratio
  W1 | equal | # | # | #
  W1 | pcgrad | # | # | #
  ## Memory of a worker
  work | method | data, KB | run, KB | at the least, KB | ratio with data
  W1 | equal | # | # | # | #
  W1 | pcgrad | # | # | # | #
  W2 | equal | # | # | # | #
  W2 | pcgrad | # | # | # | #
  W3 | equal | # | # | # | #
  W3 | pcgrad | # | # | # | #
  ## Start-up
  from the start of the process to | best | median | worst
  the end of `mtlbench list`, ms | # | # | #
  the first stored run of one step, s | # | # | #
  ## Time outside the steps

  """
