#include <limits>

#include "mend/optimizers/clip.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// A gradient that is short enough is only read; one that is too long is written, too. Each call allows a little less
// than the last, or there would be nothing left to shorten.
bool add_clip(const std::string& name, Work work, double share) {
  return add("optimizers/clip/" + name, parameters * work, [share] {
    auto net = network_with_gradients();
    auto all = net->parameters();
    const double norm = mend::clip_by_norm(all, std::numeric_limits<double>::infinity());
    return [net, all, allowed = norm, share]() mutable { return mend::clip_by_norm(all, allowed *= share); };
  });
}

const bool short_enough = add_clip("short", each(1, 2, 1), 1.0);
const bool too_long = add_clip("long", each(1, 3, 3), 0.99999);

}  // namespace
