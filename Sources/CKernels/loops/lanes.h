// Sixteen logical lanes, and exp, log and tanh on them.

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum { LANES = 16 };

typedef float Lanes __attribute__((ext_vector_type(16)));
typedef int32_t IntLanes __attribute__((ext_vector_type(16)));
typedef double DoubleLanes __attribute__((ext_vector_type(16)));
typedef float Lanes8 __attribute__((ext_vector_type(8)));
typedef float Lanes4 __attribute__((ext_vector_type(4)));
typedef float UnalignedLanes __attribute__((ext_vector_type(16), aligned(4)));
typedef float UnalignedLanes8 __attribute__((ext_vector_type(8), aligned(4)));
typedef float UnalignedLanes4 __attribute__((ext_vector_type(4), aligned(4)));

INLINE Lanes load(const float *p) { return *(const UnalignedLanes *)p; }
INLINE Lanes8 load8(const float *p) { return *(const UnalignedLanes8 *)p; }
INLINE Lanes4 load4(const float *p) { return *(const UnalignedLanes4 *)p; }
INLINE void store(float *p, Lanes x) { *(UnalignedLanes *)p = x; }
INLINE void store8(float *p, Lanes8 x) { *(UnalignedLanes8 *)p = x; }
INLINE void store4(float *p, Lanes4 x) { *(UnalignedLanes4 *)p = x; }
INLINE Lanes all(float x) { return (Lanes)(x); }
INLINE IntLanes bits_of(Lanes x) { return __builtin_bit_cast(IntLanes, x); }
INLINE Lanes from_bits(IntLanes x) { return __builtin_bit_cast(Lanes, x); }

INLINE ptrdiff_t smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// The first n < 16 lanes from p, the others 0; nothing else is read.
INLINE Lanes load_first(const float *p, ptrdiff_t n) {
  _Alignas(64) float lanes[LANES] = {0};
  _Pragma("clang loop vectorize(disable) unroll(disable)")
  for (ptrdiff_t i = 0; i < n; i++) lanes[i] = p[i];
  return load(lanes);
}

// Stores the first n < 16 lanes, and nothing else.
INLINE void store_first(float *p, Lanes x, ptrdiff_t n) {
  _Alignas(64) float lanes[LANES];
  store(lanes, x);
  _Pragma("clang loop vectorize(disable) unroll(disable)")
  for (ptrdiff_t i = 0; i < n; i++) p[i] = lanes[i];
}

// The sum of all lanes, each lane with the one half the width away, then the half again.
INLINE float sum_of(Lanes x) {
  Lanes8 x8 = x.lo + x.hi;
  Lanes4 x4 = x8.lo + x8.hi;
  return (x4.x + x4.z) + (x4.y + x4.w);
}

// The largest of all lanes, that are all numbers.
INLINE float largest_of(Lanes x) {
  const Lanes8 x8 = x.lo > x.hi ? x.lo : x.hi;
  const Lanes4 x4 = x8.lo > x8.hi ? x8.lo : x8.hi;
  const float a = x4.x > x4.z ? x4.x : x4.z, b = x4.y > x4.w ? x4.y : x4.w;
  return a > b ? a : b;
}

// As sum_of, in double precision.
INLINE double precise_sum_of(Lanes x) {
  DoubleLanes wide = __builtin_convertvector(x, DoubleLanes);
  double __attribute__((ext_vector_type(8))) x8 = wide.lo + wide.hi;
  double __attribute__((ext_vector_type(4))) x4 = x8.lo + x8.hi;
  return (x4.x + x4.z) + (x4.y + x4.w);
}

// e^x to about 1 ulp for x from -87.3 to 88.72: e^r 2^n with r = x - n ln 2, and the polynomial of
// Cephes' expf (Moshier, Methods and Programs for Mathematical Functions, 1989).
INLINE Lanes exp_in_range(Lanes x) {
  const Lanes magic = all(12582912.0f);  // adding it leaves the nearest integer in the low bits
  Lanes shifted = x * all(1.44269504088896341f) + magic;
  Lanes n = shifted - magic;
  Lanes r = x - n * all(0.693359375f);
  r = r - n * all(-2.12194440e-4f);
  Lanes p = all(1.9875691500e-4f);
  p = p * r + all(1.3981999507e-3f);
  p = p * r + all(8.3334519073e-3f);
  p = p * r + all(4.1665795894e-2f);
  p = p * r + all(1.6666665459e-1f);
  p = p * r + all(5.0000001201e-1f);
  p = p * (r * r) + (r + all(1.0f));
  IntLanes exponent = (bits_of(shifted) - bits_of(magic)) << 23;
  return from_bits(bits_of(p) + exponent);
}

// e^x for x <= 0; 0 below -87.3, where the result would soon be denormal.
INLINE Lanes exp_of_nonpositive(Lanes x) {
  Lanes y = x < all(-87.3f) ? all(0.0f) : exp_in_range(x);
  return x == x ? y : x;
}

// e^x; infinity above 88.72.
INLINE Lanes exp_of(Lanes x) {
  return x > all(88.722839f) ? all(__builtin_inff()) : exp_of_nonpositive(x);
}

// ln x to about 1 ulp for positive normal x, with the polynomial of Cephes' logf; infinity and
// what is not a number give themselves.
INLINE Lanes log_of(Lanes x) {
  IntLanes bits = bits_of(x);
  IntLanes exponent = (bits >> 23) - 126;
  Lanes m = from_bits((bits & 0x007fffff) | 0x3f000000);  // in [1/2, 1)
  IntLanes is_low = m < all(0.707106781186547524f);       // -1 where true
  m = (is_low ? m + m : m) - all(1.0f);
  Lanes n = __builtin_convertvector(exponent + is_low, Lanes);
  Lanes square = m * m;
  Lanes p = all(7.0376836292e-2f);
  p = p * m + all(-1.1514610310e-1f);
  p = p * m + all(1.1676998740e-1f);
  p = p * m + all(-1.2420140846e-1f);
  p = p * m + all(1.4249322787e-1f);
  p = p * m + all(-1.6668057665e-1f);
  p = p * m + all(2.0000714765e-1f);
  p = p * m + all(-2.4999993993e-1f);
  p = p * m + all(3.3333331174e-1f);
  Lanes y = p * (m * square);
  y = y + n * all(-2.12194440e-4f);
  y = y - all(0.5f) * square;
  y = (m + y) + n * all(0.693359375f);
  return x < all(__builtin_inff()) ? y : x;
}

// ln(1 + x) for 0 <= x <= 1: the logarithm of the rounded sum, corrected for its rounding.
INLINE Lanes log_of_one_plus(Lanes x) {
  Lanes u = all(1.0f) + x;
  Lanes lost = x - (u - all(1.0f));
  return log_of(u) + lost / u;
}

INLINE Lanes absolute(Lanes x) { return from_bits(bits_of(x) & 0x7fffffff); }

// tanh x to about 2 ulp, with the polynomial of Cephes' tanhf near 0.
INLINE Lanes tanh_of(Lanes x) {
  Lanes magnitude = absolute(x);
  Lanes square = x * x;
  Lanes p = all(-5.70498872745e-3f);
  p = p * square + all(2.06390887954e-2f);
  p = p * square + all(-5.37397155531e-2f);
  p = p * square + all(1.33314422036e-1f);
  p = p * square + all(-3.33332819422e-1f);
  Lanes near_zero = (p * square) * x + x;
  Lanes far = all(1.0f) - all(2.0f) / (exp_of(magnitude + magnitude) + all(1.0f));
  far = from_bits(bits_of(far) | (bits_of(x) & (int32_t)0x80000000));
  return magnitude < all(0.625f) ? near_zero : far;
}

static void exponentials(const float *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) store(y + i, exp_of(load(x + i)));
  if (i < count) store_first(y + i, exp_of(load_first(x + i, count - i)), count - i);
}

static void logarithms(const float *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) store(y + i, log_of(load(x + i)));
  if (i < count) store_first(y + i, log_of(load_first(x + i, count - i)), count - i);
}
