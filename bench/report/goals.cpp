#include "report/goals.hpp"

#include <cmath>

#include "report/format.hpp"

namespace bench {

std::string Goal::goal() const {
  if (yes_or_no) return unit;
  return (limit == 0 ? "0" : "at most " + mend::Csv::Cell(limit).text()) + (unit.empty() ? "" : " " + unit);
}

std::string Goal::found() const {
  if (!known()) return "not measured";
  if (yes_or_no) return measured == 1 ? "yes" : "no";
  return digits(measured);
}

std::string Goal::verdict() const { return !known() ? "" : met() ? "met" : "**missed**"; }

std::vector<Goal> goals(const Results& results) {
  const Peers peers(results.peers);
  const auto x_sgemm = [&](const std::string& kernels) {
    return results.ours.of("training/epoch/task3/kernels:" + kernels + "/threads:1").x_sgemm;
  };
  // Our time over theirs, the ratios being theirs over ours; a peer is taken in its fastest build.
  const auto against = [&](const std::string& job, const std::string& peer, int threads) {
    return 1 / peers.ratio(job, peer, threads);
  };
  // Two threads may be slower than one: then one is the peer's best.
  const auto against_best = [&](const std::string& job, const std::string& peer) {
    return std::fmax(against(job, peer, 2),
                     peers.milliseconds(job, "mend", 2) / peers.milliseconds(job, peer, 1));
  };
  const std::string epoch = "Task 3 epoch, ", torch = "x PyTorch", products = "x its products by OpenBLAS";
  return {
      {epoch + "1 thread, OpenBLAS", products, 1.20, x_sgemm("openblas")},
      {epoch + "1 thread, OpenBLAS", torch, 0.65,
       peers.ratio("task3_epoch", "mend-openblas", 1) * against("task3_epoch", "torch", 1)},
      {epoch + "1 thread, own kernel (AVX-512)", products, 1.03, x_sgemm("avx512")},
      {epoch + "1 thread, own kernel (AVX-512)", torch, 0.55, against("task3_epoch", "torch", 1)},
      {epoch + "2 threads", torch + " at its best", 0.55, against_best("task3_epoch", "torch")},
      {epoch + "2 threads", "the same bits as 1 thread", 1, results.ours.of("training/same_bits").value,
       true},
      {"Task 2 epoch, 1 thread", torch, 0.20, against("task2_epoch", "torch", 1)},
      {"restore 1,920 images in one call, 1 thread", torch, 0.8, against("restore_1920", "torch", 1)},
      {"restore one image, 1 thread", torch, 0.2, against("restore_1", "torch", 1)},
      {epoch + "1 thread", "x dlib", 0.5, against("task3_epoch", "dlib", 1)},
      {epoch + "1 thread", "x tiny-dnn", 0.03, against("task3_epoch", "tiny-dnn", 1)},
      {"fresh start to trained Task 3 network, 50 epochs, 2 threads", "s", 10,
       peers.milliseconds("task3_training_50_epochs", "mend", 2) / 1000},
      {"blocks of memory from the system in a training step after the first", "", 0,
       results.ours.of("steps/memory/after").value},
  };
}

}  // namespace bench
