#pragma once

// What the library includes of the standard one, precompiled: reading it takes longer than all the rest. No header of
// the library may stand here, for a change of it would rebuild all, and a mutant of it would go unseen.
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iomanip>
#include <limits>
#include <memory>
#include <numbers>
#include <numeric>
#include <ostream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>
