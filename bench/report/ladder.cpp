#include "report/ladder.hpp"

#include <cmath>
#include <vector>

#include "report/format.hpp"
#include "report/roofline.hpp"

namespace bench {
namespace {

constexpr double parameters = 400784;  // of the restorer, four floats for each

struct Step {
  std::string title, id, why;
  std::string before, after;                      ///< What stands in the table's two rows.
  std::string before_benchmark, after_benchmark;  ///< Their names in mend_bench.
};

// How many times as long it took before.
double gain(const Measurements& all, const Step& step) {
  return all.of(step.before_benchmark).seconds / all.of(step.after_benchmark).seconds;
}

std::vector<Step> steps(const Measurements& all) {
  const Machine m = machine(all);
  const double adam_bytes = all.of("steps/adam/after").gbytes();
  const auto times = [&](const char* before, const char* after) {
    return digits(all.of(before).seconds / all.of(after).seconds, 2);
  };
  return {
      {"A flag in place of a transpose", "flags",
       "The backward pass of a dense layer is dx = dy W^T and dW = x^T dy. Who writes it as it reads makes "
       "a transposed copy of W first: the matrix is read along its rows and written along its columns, a "
       "cache line for each number. BLAS takes a flag instead. It copies blocks of its arguments into its "
       "own order anyway, and with the flag it reads them the other way round on that occasion. "
       "`matmul_nt` and `add_matmul_tn` are products with flags; the second adds straight into the "
       "gradient, so there is no result to copy either.",
       "`matmul(dy, transpose(w))`", "`matmul_nt(dy, w)`", "steps/transpose/before/784x256",
       "steps/transpose/after/784x256"},
      {"One pass in place of many: Adam", "adam",
       "Adam is a dozen operations for each parameter, and each of its formulas can be an operation on "
       "whole tensors. Then every formula reads its arguments from memory and writes a result that the "
       "next one reads again. The parameters, the gradients and Adam's two means of the restorer are " +
           digits(16 * parameters / 1e6, 2) +
           " MB, too much for the second cache, so memory is what a step costs. One loop that does "
           "everything for one parameter moves each number once: it then moves " +
           digits(adam_bytes) + " GB/s, where this core reads " + digits(m.l3) +
           " GB/s from its third cache.",
       "a pass for each formula", "one pass", "steps/adam/before", "steps/adam/after"},
      {"One pass in place of four: a loss and its gradient", "loss",
       "The same for the squared error: the difference, its square, the mean, and the gradient are four "
       "loops with three tensors between them, or one loop without any. The sum is carried in 32 partial "
       "sums, because a single one would wait for its own last addition, and in double over blocks, so "
       "that small terms still count.",
       "a pass for each word of the formula", "one pass", "steps/loss/before", "steps/loss/after"},
      {"Sixteen exponentials at a time", "sigmoid",
       "A compiler turns a loop of additions into vector instructions by itself, but not one that calls "
       "`std::exp`: that is a function of the C library for one number. xsimd has a polynomial for as many "
       "as a register holds, 16 floats with AVX-512. The library's sigmoid also never overflows, which "
       "costs it a comparison.",
       "`1 / (1 + std::exp(-v))`", "`mend::sigmoid`", "steps/sigmoid/before", "steps/sigmoid/after"},
      {"Very small numbers taken as zero", "denormals",
       "Floats below 1.2e-38 are called denormal, and some processors handle each in microcode, at many "
       "times the cost. A training fills with them: where a gradient has become zero, say that of a unit "
       "that no image wakes any more, Adam's mean of it shrinks by a tenth in each step, and after eight "
       "hundred it is denormal. It never becomes zero, for nine tenths of the smallest float are rounded "
       "up to it. After a thousand steps " +
           digits(all.of("steps/denormals/before").value) +
           " of Adam's numbers are denormal. They change nothing that anybody could see, so `fit` tells "
           "the processor to take them as zero while it runs, and puts back what was set before. What that "
           "gains is the processor's affair: in an earlier one it was much, newer ones handle most of them "
           "at full speed.",
       "denormals kept", "flushed to zero", "steps/denormals/before", "steps/denormals/after"},
      {"Memory that is handed on", "memory",
       "Every operation returns a new tensor, which is what makes the layers readable. But a block of 400 "
       "kB that is asked for and given back in every step goes to the system and comes from it each time, "
       "and the system hands out pages of zeros: each is a fault on first touch. So a tensor's memory goes "
       "to the next tensor of that size. From the second training step on nothing is asked for any more: " +
           digits(all.of("steps/memory/after").value) + " blocks a step in place of " +
           digits(all.of("steps/memory/before").value) + ".",
       "memory from the system", "handed on", "steps/memory/before", "steps/memory/after"},
      {"Zeros in the pass that is under way", "zero_grad",
       "Backward adds to the gradients, so each step begins with zeros. Written in a pass of their own they "
       "are as much "
       "traffic as a quarter of Adam's. The optimizer has each gradient in the cache when it has used it: "
       "`step_and_zero_grad` writes the zero there and then.",
       "`zero_grad`, `step`", "`step_and_zero_grad`", "steps/zero_grad/before", "steps/zero_grad/after"},
      {"Images as bytes", "bytes",
       "A pixel is a byte, and a network wants a float. Who converts all images first needs four times the "
       "memory, and "
       "every batch fetches four times as much of it, at random places, where no cache helps. `fit` also "
       "takes bytes, "
       "and converts the images of a batch when it draws them: the division is cheaper than the memory.",
       "`gather_rows` of floats", "`gather_pixels` of bytes", "steps/bytes/before", "steps/bytes/after"},
      {"A product kernel for these shapes", "kernel",
       "OpenBLAS copies both matrices into an order that suits its kernel before it multiplies. That pays "
       "for large "
       "matrices; a layer's have 128 rows. Ours keeps a tile of 12 x 32 sums in registers, copies the strips "
       "of the "
       "left factor, which is cheap, and reads the right one where it lies unless it is transposed. @ref "
       "tutorial_06_fast_product builds it step by step. It is used where it was measured to be faster, on "
       "processors "
       "with AVX-512; OpenBLAS is the default elsewhere, and what it is tested against.",
       "OpenBLAS", "own kernel, AVX-512", "steps/kernels/openblas", "steps/kernels/avx512"},
      {"Two threads, the same bits", "threads",
       "OpenBLAS splits a product over threads, too, in a way that depends on their number: then sums are "
       "made in another order, and a training with two threads ends elsewhere than one with one. The "
       "library never cuts a sum: its own kernels hand out blocks of the result, and calls of OpenBLAS are "
       "cut by the "
       "shapes alone. Each number of the result is the same sum in the same order, so two "
       "threads give the same bits. For the products of a training step they are " +
           times("steps/threads/openblas/threads:2", "steps/threads/library/threads:2") +
           " times as fast as OpenBLAS's own two.",
       "one thread", "two threads", "steps/threads/library/threads:1", "steps/threads/library/threads:2"},
  };
}

}  // namespace

std::string ladder(const Measurements& all) {
  std::string text;
  std::vector<std::vector<std::string>> rows;
  for (const Step& step : steps(all)) {
    const double factor = gain(all, step);
    const Measurement before = all.of(step.before_benchmark), after = all.of(step.after_benchmark);
    rows.push_back({"@ref speed_step_" + step.id + " \"" + step.title + "\"", time_text(before.seconds),
                    time_text(after.seconds), digits(factor, 2)});
    text += "### " + step.title + " {#speed_step_" + step.id + "}\n\n" + step.why + "\n\n" +
            (std::isfinite(factor) ? markdown_table({"", "time", "GFLOP/s", "GB/s"},
                                                    {{step.before, time_text(before.seconds),
                                                      digits(before.gflops()), digits(before.gbytes())},
                                                     {step.after, time_text(after.seconds),
                                                      digits(after.gflops()), digits(after.gbytes())}})
                                   : "Not measured on this machine.\n\n");
  }
  return markdown_table({"step", "without", "with", "times as fast"}, rows) + text;
}

}  // namespace bench
