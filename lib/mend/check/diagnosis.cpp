#include "mend/check/diagnosis.hpp"

#include <cstddef>
#include <iterator>

namespace mend {
namespace {

struct Entry {
  Cause cause;
  const char *name, *reading;
};

// In the order of Cause. One a line, however short.
// clang-format off
constexpr Entry entries[] = {
    {Cause::none, "", ""},
    {Cause::wrong_shape, "wrong shape", R"(03, "Shapes")"},
    {Cause::not_finite, "not finite", R"(04, "Saturation")"},
    {Cause::zero, "zero", R"(03, "The derivation")"},
    {Cause::vacuous, "vacuous", R"(04, "Dead units")"},
    {Cause::sign, "sign", R"(02, "Catching a wrong loss")"},
    {Cause::twice, "twice", R"(02, "Catching a wrong loss")"},
    {Cause::half, "half", R"(02, "Catching a wrong loss")"},
    {Cause::times_n, "times N", R"(03, "Who divides by N?")"},
    {Cause::over_n, "over N", R"(03, "Who divides by N?")"},
    {Cause::times_d, "times D", R"(02, "Catching a wrong loss")"},
    {Cause::over_d, "over D", R"(02, "Catching a wrong loss")"},
    {Cause::times_size, "times size", R"(02, "Catching a wrong loss")"},
    {Cause::over_size, "over size", R"(02, "Catching a wrong loss")"},
    {Cause::constant_factor, "constant factor", R"(02, "Catching a wrong loss")"},
    {Cause::upstream_ignored, "upstream ignored", R"(03, "The proof")"},
    {Cause::not_linear, "not linear in upstream", R"(03, "The derivation")"},
    {Cause::overwrites, "overwrites", R"(03, "Backward adds")"},
    {Cause::adds_twice, "adds twice", R"(03, "Backward adds")"},
    {Cause::stale, "stale", R"(03, "The laws of a layer")"},
    {Cause::one_example, "one example", R"(03, "The derivation")"},
    {Cause::slope_forgotten, "slope forgotten", R"(04, "The derivation")"},
    {Cause::slope_twice, "slope twice", R"(04, "The derivation")"},
    {Cause::mask_from_upstream, "mask from upstream", R"(04, "If it differs")"},
    {Cause::transposed, "transposed", R"(03, "The derivation")"},
    {Cause::offset, "offset", R"(02, "Catching a wrong loss")"},
    {Cause::one_coordinate, "one coordinate", R"(03, "All slopes at once")"},
    {Cause::border, "border", R"(03, "All slopes at once")"},
    {Cause::one_branch, "one branch", R"(04, "The derivation")"},
    {Cause::some_coordinates, "some coordinates", R"(03, "All slopes at once")"},
    {Cause::different, "different", R"(03, "The derivation")"},
    {Cause::kink, "kink", R"(04, "At the kink")"},
    {Cause::not_analytic, "not analytic", R"(02, "The complex step")"},
    {Cause::float_differs, "float differs", R"(02, "Two differences")"},
    {Cause::not_repeatable, "not repeatable", R"(03, "The laws of a layer")"},
    {Cause::predict_is_not_forward, "predict is not forward", R"(03, "The laws of a layer")"},
    {Cause::rows_mixed, "rows mixed", R"(03, "The laws of a layer")"},
    {Cause::argument_changed, "argument changed", R"(03, "The laws of a layer")"},
    {Cause::shape_unchecked, "shape unchecked", R"(03, "Shapes")"},
    {Cause::parameters_alone, "parameters alone", R"(03, "The laws of a layer")"},
    {Cause::not_restored, "not restored", R"(03, "The laws of a layer")"},
    {Cause::scalars_disagree, "scalars disagree", R"(03, "The laws of a layer")"},
    {Cause::uphill, "uphill", R"(05, "Three rules")"},
    {Cause::rate_ignored, "learning rate ignored", R"(05, "Three rules")"},
    {Cause::rate_squared, "learning rate squared", R"(05, "Three rules")"},
    {Cause::first_step, "first step", R"(05, "Three rules")"},
    {Cause::memory, "memory", R"(05, "Three rules")"},
    {Cause::skips_elements, "skips elements", R"(05, "The loop")"},
    {Cause::skips_parameters, "skips parameters", R"(05, "The loop")"},
    {Cause::decay, "decay", R"(05, "Three rules")"},
};
// clang-format on
static_assert([] {
  for (std::size_t i = 0; i < std::size(entries); ++i)
    if (entries[i].cause != static_cast<Cause>(i)) return false;
  return std::size(entries) == static_cast<std::size_t>(Cause::decay) + 1;
}());

}  // namespace

const char* name_of(Cause cause) { return entries[static_cast<std::size_t>(cause)].name; }

const char* reading_for(Cause cause) { return entries[static_cast<std::size_t>(cause)].reading; }

std::vector<Cause> all_causes() {
  std::vector<Cause> all;
  for (std::size_t i = 1; i < std::size(entries); ++i) all.push_back(static_cast<Cause>(i));
  return all;
}

}  // namespace mend
