#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "mutants/page.hpp"

// Plants bugs in copies of the library and demands that the test named for each fails.

using namespace mutants;

namespace {

struct Options {
  std::filesystem::path source = MUTANTS_SOURCE, build = MUTANTS_BUILD,
                        catalogues = MUTANTS_SOURCE "/tests/mutants";
  std::string only;    // part of a subject, or of "subject/mutant"
  bool check = false;  // of the page, in place of writing it
  int sample = 1;      // every so many-th, against the page
  int seconds = 20;
};

constexpr const char* usage =
    "usage: run_mutants [OPTION...]\n"
    "\n"
    "  --check           do not write docs/mutants.md, but fail where it is not what would be written\n"
    "  --sample N        every N-th, others whenever the library changes; the page must know all and agree "
    "on these\n"
    "  --only PATTERN    those whose subject/name contains PATTERN, with what their tests print; no page\n"
    "  --catalogues DIR  where the *.mutants lie\n"
    "  --seconds N       how long a test may take: 20\n"
    "  --source DIR      the tree\n"
    "  --build DIR       where Ninja built it\n";

Options parse(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto value = [&] {
      if (i + 1 == arguments.size()) throw Error(arguments[i] + " needs a value\n" + usage);
      return arguments[++i];
    };
    if (arguments[i] == "--check")
      options.check = true;
    else if (arguments[i] == "--sample")
      options.sample = std::max(1, std::stoi(value()));
    else if (arguments[i] == "--only")
      options.only = value();
    else if (arguments[i] == "--catalogues")
      options.catalogues = value();
    else if (arguments[i] == "--seconds")
      options.seconds = std::stoi(value());
    else if (arguments[i] == "--source")
      options.source = value();
    else if (arguments[i] == "--build")
      options.build = value();
    else
      throw Error("unknown option " + arguments[i] + "\n" + usage);
  }
  return options;
}

std::vector<Mutant> read_catalogues(const Options& options) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.catalogues))
    if (entry.path().extension() == ".mutants") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Mutant> all;
  for (const auto& file : files) {
    const std::string subject = file.lexically_relative(options.catalogues).replace_extension().string();
    if (!std::filesystem::exists(options.source / "lib/mend" / (subject + ".hpp")))
      throw Error(file.string() + ": there is no lib/mend/" + subject +
                  ".hpp; name it after what it mutates");
    for (Mutant& mutant :
         parse_catalogue(subject, file.lexically_relative(options.source).string(), read_file(file)))
      if ((mutant.subject + "/" + mutant.name).find(options.only) != std::string::npos)
        all.push_back(std::move(mutant));
  }
  if (all.empty()) throw Error("no mutant is called " + options.only);
  return all;
}

// What a reader wants to see of one: the bug, and what the test said to it.
void show(const Mutant& mutant, const Verdict& verdict) {
  std::cout << "=== " << mutant.subject << "/" << mutant.name << ": " << mutant.summary << "\n    "
            << mutant.source << "\n";
  for (const Change& change : mutant.changes) {
    for (const std::string& line : change.before) std::cout << "    - " << line << "\n";
    for (const std::string& line : change.after) std::cout << "    + " << line << "\n";
  }
  std::cout << "\n" << verdict.output << "\n";
}

// One line for what went wrong; the rest of an error follows indented.
void complain(const Mutant& mutant, const Verdict& verdict) {
  std::string text = verdict.fate == Verdict::Fate::survived ? "SURVIVED: " + mutant.killed_by + " passes"
                                                             : "ERROR: " + verdict.error.substr(0, 2000);
  for (std::size_t i = 0; (i = text.find('\n', i)) != std::string::npos; i += 5) text.replace(i, 1, "\n    ");
  std::cerr << mutant.place << ": " << mutant.name << ": " << text << std::endl;
}

// Writes the page, or compares it with the one that is there. \return what is wrong; empty when nothing is
std::string publish(const Options& options, const std::string& page) {
  const std::filesystem::path file = options.source / "docs/mutants.md";
  if (options.check)
    return std::filesystem::exists(file) && read_file(file) == page
               ? ""
               : "docs/mutants.md is not what the mutants give today: run ./do mutants and commit "
                 "docs/mutants.md";
  const std::filesystem::path temporary = file.string() + ".new";
  write_file(temporary, page);
  std::filesystem::rename(temporary, file);
  return "";
}

// Every N-th of all. With which of them it begins depends on the mutated sources, so that in time all have their turn.
std::vector<Mutant> sampled(const Options& options, const std::vector<Mutant>& all) {
  const std::size_t every = static_cast<std::size_t>(options.sample);
  std::set<std::string> sources;
  for (const Mutant& mutant : all) sources.insert(mutant.source);
  std::size_t sum = 0;
  for (const std::string& source : sources)
    for (const char c : read_file(options.source / source)) sum += static_cast<unsigned char>(c);
  std::vector<Mutant> some;
  for (std::size_t i = sum % every; i < all.size(); i += every) some.push_back(all[i]);
  return some.empty() ? all : some;
}

// What the page should say of a sample, and does not; empty when it does.
std::string compare(const Options& options, const std::vector<Mutant>& all, const std::vector<Mutant>& some,
                    const std::vector<Verdict>& verdicts) {
  const std::string page = read_file(options.source / "docs/mutants.md");
  std::string missing;
  const auto demand = [&](const std::string& row) {
    if (page.find("\n" + row) == std::string::npos) missing += "\n  " + row;
  };
  for (const Mutant& mutant : all) demand(row_before_verdict(mutant));
  for (std::size_t i = 0; i < some.size(); ++i) demand(row_of(some[i], verdicts[i]));
  if (page.find("\n" + std::to_string(all.size()) + " of " + std::to_string(all.size()) + " are killed") ==
      std::string::npos)
    missing += "\n  that all " + std::to_string(all.size()) + " are killed";
  return missing.empty() ? "" : "docs/mutants.md does not say: run ./do mutants and commit it" + missing;
}

int run_all(const Options& options) {
  const std::vector<Mutant> all = read_catalogues(options);
  const std::vector<Mutant> mutants = sampled(options, all);
  Build build(options.source, options.build);
  build.seconds = options.seconds;
  const bool terminal = ::isatty(STDERR_FILENO);
  const auto progress = [&](std::size_t done) {
    if (terminal) std::cerr << "\rmutants: " << done << " of " << mutants.size() << std::flush;
  };
  const std::vector<Verdict> verdicts = judge(build, mutants, progress);
  if (terminal) std::cerr << "\r\033[K";

  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (!options.only.empty()) show(mutants[i], verdicts[i]);
    if (verdicts[i].fate != Verdict::Fate::killed) complain(mutants[i], verdicts[i]);
  }
  const Score total = score(mutants, verdicts);
  std::cerr << summary(total) << std::endl;
  bool good = total.killed == total.planted;
  if (!options.only.empty()) return good ? 0 : 1;
  if (options.sample > 1) {
    const std::string trouble = compare(options, all, mutants, verdicts);
    if (!trouble.empty()) std::cerr << "mutants: " << trouble << std::endl;
    return good && trouble.empty() ? 0 : 1;
  }
  if (10 * total.diagnosed < 8 * total.to_diagnose) {
    std::cerr << "mutants: at least 80 % must be diagnosed rightly" << std::endl;
    good = false;
  }
  if (total.errors) return 1;  // a page about mutants that nobody judged would mislead
  const std::string trouble = publish(options, score_page(mutants, verdicts));
  if (!trouble.empty()) std::cerr << "mutants: " << trouble << std::endl;
  return good && trouble.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  try {
    return run_all(parse({values + 1, values + count}));
  } catch (const std::exception& error) {
    std::cerr << "mutants: " << error.what() << std::endl;
    return 1;
  }
}
