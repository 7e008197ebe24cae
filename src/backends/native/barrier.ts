/** Where threads meet, in C: on the words that the barrier of WebAssembly uses, so that either may be there. */
import { words } from '../wasm/barrier.js';

// Some tenths of a millisecond to a millisecond, as in WebAssembly: a processor pauses for 10 to 40 nanoseconds.
const spins = 32_000;
// Now and then the thread that is waited for has this thread's core: some tens of microseconds.
const spinsAtOnce = 1000;
/**
 * A thread of WebAssembly cannot wake one that sleeps in C, nor the other way around: those in C look after each nap, those
 * in WebAssembly after their longer one.
 */
const napNanoseconds = 1_000_000;
// Where no thread can wake another.
const shortNapNanoseconds = 50_000;

/** `meet(at, parts)` is not 0 when a thread broke off, so that the others must not go on. */
export const barrier = `
#if defined(__x86_64__) || defined(__i386__)
#define PAUSE __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE __asm__ volatile("isb")
#else
#define PAUSE (void)0
#endif
#if defined(__linux__) && defined(__x86_64__)
#define FUTEX 202
#elif defined(__linux__) && defined(__aarch64__)
#define FUTEX 98
#endif
#ifdef FUTEX
extern long syscall(long, ...);
static void nap(int *word, int value) {
  const struct { long seconds, nanoseconds; } time = {0, ${napNanoseconds}};
  syscall(FUTEX, word, 0, value, &time);
}
static void wake(int *word) { syscall(FUTEX, word, 1, 2147483647); }
#else
extern int nanosleep(const void *, void *);
static void nap(int *word, int value) {
  const struct { long seconds, nanoseconds; } time = {0, ${shortNapNanoseconds}};
  (void)word, (void)value, nanosleep(&time, 0);
}
static void wake(int *word) { (void)word; }
#endif
#define READ(word) __atomic_load_n(at + word, __ATOMIC_SEQ_CST)
#define ADD(word, by) __atomic_add_fetch(at + word, by, __ATOMIC_SEQ_CST)
extern int sched_yield(void);
static __attribute__((noinline)) int meet(P address, P parts) {
  int *at = (int *)address;
  enum { arrived = ${words.arrived / 4}, turn = ${words.turn / 4}, asleep = ${words.asleep / 4}, failed = ${words.failed / 4} };
  if (parts < 2) return 0;
  int before = READ(turn);
  if (ADD(arrived, 1) == parts) {
    __atomic_store_n(at + arrived, 0, __ATOMIC_SEQ_CST);
    ADD(turn, 1);
    if (READ(asleep)) wake(at + turn);
    return 0;
  }
  for (int left = ${spins}; left > 0; left--) {
    if (READ(turn) != before) return 0;
    PAUSE;
    if (left % ${spinsAtOnce} == 0) sched_yield();
  }
  ADD(asleep, 1);
  do {
    if (READ(failed)) return 1;
    nap(at + turn, before);
  } while (READ(turn) == before);
  ADD(asleep, -1);
  return 0;
}
`;
