#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>

#include "mend/training/history.hpp"

namespace mend {

/// Seconds since some fixed moment: a clock that never goes back.
double steady_seconds();

/// How a training is getting on, in one line that is rewritten in place:
/// \verbatim epoch 12/50 [====>    ]  45%  loss 0.01234  val 0.01301  0.23 s/epoch  ETA 0:09 \endverbatim
///
/// Draws at most ten times a second, at most 79 columns wide, and ends the line when it goes out of scope.
/// Where there is no terminal it writes nothing at all: logs stay readable.
class ProgressBar {
 public:
  /// \param out  where to  \param is_terminal  whether somebody looks; if not, nothing is written
  /// \param first  the first epoch to come, from 1  \param epochs  the last epoch
  /// \param clock  in seconds; tests bring their own
  ProgressBar(std::ostream& out, bool is_terminal, std::size_t first, std::size_t epochs,
              std::function<double()> clock = steady_seconds);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;             ///< One line, one bar.
  ProgressBar& operator=(const ProgressBar&) = delete;  ///< One line, one bar.

  /// Within an epoch. \param epoch  which, from 1
  /// \param share  of its batches done, in [0, 1]  \param loss  the mean over them
  void update(std::size_t epoch, double share, double loss);
  /// An epoch is over, validation included; the last one is always drawn.
  void finish_epoch(const EpochRecord& record);

 private:
  void draw(std::size_t epoch, double share, double loss);
  std::string line(std::size_t epoch, double share, double loss) const;

  std::ostream& out_;
  bool shown_;
  std::size_t first_, epochs_;
  std::function<double()> clock_;
  double start_, last_drawn_;
  double validation_loss_;  // of the last epoch that is over; NaN for none
  bool line_is_open_ = false;
};

}  // namespace mend
