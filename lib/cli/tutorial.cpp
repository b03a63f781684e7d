#include "cli/tutorial.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>
#include <sstream>

#include "cli/output_folder.hpp"

namespace mend::cli {
namespace {

// Empty when `text` is a seed, else what is wrong with it: the form that CLI11 wants of a validator.
std::string complaint_about_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, seed);
  if (error == std::errc{} && stopped == end) return "";
  return "expected a whole number from 0 to 18446744073709551615, found '" + text + "'";
}

// What an axis should have: a number says so itself; a letter stands for what it stood for before, or from now on for
// `found`; of a product, "H W", all letters must be known, else it is a letter of its own.
std::size_t extent_of(const std::string& axis, std::size_t found, std::map<std::string, std::size_t>& known) {
  std::istringstream factors(axis);
  std::size_t product = 1;
  for (std::string factor; factors >> factor;) {
    if (factor.find_first_not_of("0123456789") == std::string::npos)
      product *= std::stoul(factor);
    else if (known.contains(factor))
      product *= known.at(factor);
    else
      return known.try_emplace(axis, found).first->second;
  }
  return product;
}

}  // namespace

void Tutorial::expect(const std::string& name, double value, double low, double high) {
  const bool inside = low <= value && value <= high;  // false for NaN
  std::ostringstream line;  // with its own precision, whatever the tutorial did to std::cout
  line << "EXPECT " << name << " " << value << " in [" << low << ", " << high << "] "
       << (inside ? "OK" : "FAILED") << "\n";
  std::cout << line.str() << std::flush;
  failed = failed || !inside;
}

void Tutorial::show_shape(const std::string& name, const std::string& letters, const Shape& found) {
  std::istringstream axes(letters.size() > 2 ? letters.substr(1, letters.size() - 2) : "");
  std::size_t axis = 0;
  std::string complaint;
  for (std::string letter; std::getline(axes, letter, ','); ++axis) {
    letter.erase(0, letter.find_first_not_of(' '));
    if (axis >= found.rank()) continue;
    const std::size_t meant = extent_of(letter, found[axis], extents_);
    if (meant != found[axis]) complaint += ", but " + letter + " is " + std::to_string(meant);
  }
  if (axis != found.rank()) complaint = ", which has another rank";
  std::cout << "SHAPE " << name << " " << letters << " = " << to_string(found) << complaint
            << (complaint.empty() ? "\n" : ": FAILED\n") << std::flush;
  failed = failed || !complaint.empty();
}

void Tutorial::show_number(const std::string& name, std::size_t number) {
  std::cout << "SHAPE " << name << " = " << number << "\n" << std::flush;
}

int run_tutorial(int argc, char** argv, const std::string& title,
                 const std::function<void(Tutorial&)>& body) {
  const std::string name = argc > 0 ? std::filesystem::path(argv[0]).stem().string() : "tutorial";
  Tutorial tutorial;
  std::string out = tutorial.out.string();

  CLI::App app(title, name);
  app.add_flag("--quick", tutorial.quick, "The same story in a few seconds, as the tests run it");
  app.add_option(
         "--data", tutorial.data,
         "mnist, fashion, strokes or a folder with the four IDX files; by default the first that is there")
      ->type_name("WHERE");
  app.add_option("--out", out, "The folder for figures, made when it is not there")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--seed", tutorial.seed, "Where all random numbers begin")
      ->type_name("N")
      ->check(complaint_about_seed)
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const CLI::ParseError& error) {
    std::cerr << name << ": " << error.what() << "; " << name << " --help lists the options\n";
    return 2;
  }

  try {
    tutorial.out = out;
    make_output_folder(tutorial.out);
    body(tutorial);
  } catch (const std::exception& error) {
    std::cout << std::flush;
    std::cerr << name << ": " << error.what() << "\n";
    return 1;
  }
  if (tutorial.failed)
    std::cerr << name << ": a line above FAILED; the tutorial's section 'If it differs' says why\n";
  return tutorial.failed ? 1 : 0;
}

}  // namespace mend::cli
