#include "mutants/catalogue.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "mend/check/diagnosis.hpp"

namespace mutants {
namespace {

// Whether a failed check can print this name: a misspelt one would never be right.
bool is_diagnosis(const std::string& name) {
  const std::vector<mend::Cause> causes = mend::all_causes();
  return std::any_of(causes.begin(), causes.end(),
                     [&](mend::Cause cause) { return name == mend::name_of(cause); });
}

std::string trim(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(trim(part));
  return parts;
}

// What of a line is compared: comments may change without a mutant noticing.
std::string code_of(const std::string& line) {
  const std::size_t comment = line.find("//");
  return trim(comment == 0 || (comment != std::string::npos && line[comment - 1] == ' ')
                  ? line.substr(0, comment)
                  : line);
}

class Parser {
 public:
  Parser(const std::string& subject, std::string file) : file_(std::move(file)) { head_.subject = subject; }

  void take(const std::string& line) {
    ++line_;
    if (line.starts_with("- ") || line.starts_with("+ ") || line == "+")
      change(line[0], line.substr(std::min<std::size_t>(2, line.size())));
    else if (line.starts_with("== "))
      begin(line.substr(3));
    else if (!trim(line).empty() && line[0] != '#')
      set(line);
  }

  std::vector<Mutant> finish() {
    finish_mutant();
    if (all_.empty()) fail("no mutant begins with `== name: what it does`");
    return all_;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(file_ + ":" + std::to_string(line_) + ": " + what);
  }

  void begin(const std::string& title) {
    finish_mutant();
    const std::size_t colon = title.find(": ");
    if (colon == std::string::npos) fail("expected `== name: what it does`");
    all_.push_back(head_);
    Mutant& mutant = all_.back();
    mutant.name = trim(title.substr(0, colon));
    mutant.summary = trim(title.substr(colon + 2));
    mutant.place = file_ + ":" + std::to_string(line_);
    if (mutant.name.empty() || mutant.summary.empty()) fail("expected `== name: what it does`");
    if (!names_.insert(mutant.name).second) fail("there is a mutant " + mutant.name + " already");
    diagnosed_ = false;
  }

  void set(const std::string& line) {
    const std::size_t colon = line.find(": ");
    const std::string key = line.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : trim(line.substr(colon + 2));
    if (value.empty()) fail("expected `key: value`, `== name: what it does`, `- old` or `+ new`");
    Mutant& mutant = all_.empty() ? head_ : all_.back();
    if (key == "source")
      mutant.source = value, mutant.compiled.clear();
    else if (key == "compile")
      mutant.compiled = split(value, ' ');
    else if (key == "test")
      mutant.test = value;
    else if (key == "killed by" && !all_.empty())
      mutant.killed_by = value;
    else if (key == "diagnosis" && !all_.empty())
      diagnose(value);
    else
      fail("unknown key `" + key + "`" + (all_.empty() ? " before the first mutant" : ""));
  }

  void diagnose(const std::string& value) {
    diagnosed_ = true;
    if (value == "none") return;
    for (const std::string& name : split(value, '|')) {
      if (!is_diagnosis(name)) fail("unknown diagnosis `" + name + "`");
      all_.back().diagnoses.push_back(name);
    }
  }

  void change(char sign, const std::string& text) {
    if (all_.empty()) fail("a change before the first mutant");
    auto& changes = all_.back().changes;
    if (sign == '+') {
      if (changes.empty()) fail("`+` without a `-` before it");
      changes.back().after.push_back(text);
      return;
    }
    if (code_of(text).empty()) fail("`-` needs a line of code");
    if (changes.empty() || !changes.back().after.empty()) changes.emplace_back();
    changes.back().before.push_back(text);
  }

  void finish_mutant() {
    if (all_.empty()) return;
    Mutant& mutant = all_.back();
    const auto need = [&](bool there, const char* what) {
      if (!there) throw Error(mutant.place + ": " + mutant.name + " has no " + what);
    };
    need(!mutant.source.empty(), "`source`");
    need(!mutant.test.empty(), "`test`");
    need(!mutant.killed_by.empty(), "`killed by`");
    need(diagnosed_, "`diagnosis`; write `none` where the test prints none");
    need(!mutant.changes.empty(), "change");
    if (mutant.compiled.empty()) mutant.compiled = {mutant.source};
    need(!mutant.compiled[0].ends_with(".hpp"), "`compile`, and a header is not compiled alone");
  }

  std::string file_;
  std::size_t line_ = 0;
  Mutant head_;  // what holds for all of them
  std::vector<Mutant> all_;
  std::set<std::string> names_;
  bool diagnosed_ = false;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

std::vector<Mutant> parse_catalogue(const std::string& subject, const std::string& file,
                                    const std::string& text) {
  Parser parser(subject, file);
  for (const std::string& line : lines_of(text)) parser.take(line);
  return parser.finish();
}

std::string mutate(const Mutant& mutant, const std::string& source) {
  const std::vector<std::string> lines = lines_of(source);
  std::vector<const Change*> at(lines.size());  // the change that takes each line out
  for (const Change& change : mutant.changes) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i + change.before.size() <= lines.size(); ++i)
      if (std::equal(change.before.begin(), change.before.end(), lines.begin() + static_cast<long>(i),
                     [](const auto& a, const auto& b) { return code_of(a) == code_of(b); }))
        found.push_back(i);
    if (found.size() != 1)
      throw Error("no longer applies: `" + trim(change.before[0]) + "` stands " +
                  std::to_string(found.size()) + " times in " + mutant.source);
    for (std::size_t i = found[0]; i < found[0] + change.before.size(); ++i)
      if (std::exchange(at[i], &change)) throw Error("changes `" + trim(lines[i]) + "` twice");
  }
  std::string result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!at[i]) result += lines[i] + "\n";
    if (!at[i] || (i > 0 && at[i] == at[i - 1])) continue;
    for (const std::string& line : at[i]->after) result += line + "\n";
  }
  return result;
}

}  // namespace mutants
