// What the performance report and the tests need of the machine; nothing of the program itself.
#ifndef CMEASURE_H
#define CMEASURE_H

#include <stdint.h>

// How often the calling thread has asked for memory so far, or -1 where that cannot be counted.
//
// Programs that link this target have their malloc family replaced by one that counts.
int64_t allocation_count(void);

// How many bytes the calling thread has asked for so far, those given back included, or -1.
int64_t allocated_bytes(void);

// The fused multiply-adds in `rounds` rounds of the fastest loop there is, kept in registers: the
// widest vectors of the processor, as many chains as hide the latency. Returns the number of
// floating-point operations made.
double run_peak_arithmetic(int64_t rounds);

#endif
