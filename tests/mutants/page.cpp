#include "mutants/page.hpp"

#include <algorithm>
#include <map>

namespace mutants {
namespace {

const char* const introduction = R"(# Mutants {#mutants}

<!-- Written by ./do mutants. -->

A check that has never failed proves nothing: perhaps it cannot fail. So bugs are planted, of the kinds that people
make when they write these lines for the first time. A **mutant** is the library with one of them. The test that is
named beside it must then fail, which is called killing the mutant; if it passes, the mutant has survived, and it is the
test that has to be mended.

A good check also says what is wrong. From the two gradients, the upstream gradient and the shapes, a failed check
names the likeliest mistake: its **diagnosis**. The tables compare it with what was planted.

`./do mutants` plants them all again and writes this page, and `./do mutants dense` shows what the tests say about those
of one subject. `./do test` plants every tenth, others each time that the library changes, and fails when one survives
or this page says something else of it. They are written down in `tests/mutants`; to plant one of your own, take a line
of the library and change it there.

)";

std::string module_of(const std::string& subject) { return subject.substr(0, subject.find('/')); }
std::string name_of(const std::string& subject) { return subject.substr(subject.find('/') + 1); }

std::string anchor(std::string subject) {
  for (char& c : subject)
    if (c == '/') c = '_';
  return "mutants_" + subject;
}

// For a cell of a table: no character of Doxygen's has a meaning there.
std::string plain(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string("\\`*_#@<>|&~$%").find(c) != std::string::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string said(const Mutant& mutant, const Verdict& verdict) {
  if (verdict.fate == Verdict::Fate::survived) return "**survived**";
  if (mutant.diagnoses.empty()) return "";
  const std::string found = verdict.diagnosis.empty() ? "nothing" : "*" + plain(verdict.diagnosis) + "*";
  if (verdict.right(mutant)) return found;
  if (mutant.diagnoses.empty()) return found + ", but no diagnosis was expected";
  std::string expected;
  for (const std::string& name : mutant.diagnoses)
    expected += (expected.empty() ? "*" : " or *") + plain(name) + "*";
  return found + ", but it is " + expected;
}

// Mistakes of the checker are tried in its own tests, which have no doctor.
bool has_doctor(const std::string& module) { return module != "check"; }

std::string row(const std::string& name, const Score& score, bool doctor) {
  const std::string diagnosed =
      std::to_string(score.diagnosed) + " of " + std::to_string(score.to_diagnose) + " |";
  return "| " + name + " | " + std::to_string(score.planted) + " | " + std::to_string(score.killed) + " |" +
         (doctor ? " " + diagnosed : "") + "\n";
}

std::string score_tables(const std::string& module, const std::map<std::string, Score>& subjects,
                         const std::map<std::string, std::string>& rows) {
  const bool doctor = has_doctor(module);
  std::string text = "## " + module + " {#" + anchor(module) + "}\n\n| subject | mutants | killed |" +
                     (doctor ? " diagnosed |\n|:--|--:|--:|--:|\n" : "\n|:--|--:|--:|\n");
  for (const auto& [subject, its_score] : subjects)
    text += row("@ref " + anchor(subject) + " \"" + name_of(subject) + "\"", its_score, doctor);
  for (const auto& [subject, its_score] : subjects)
    text += "\n### " + name_of(subject) + " {#" + anchor(subject) +
            "}\n\n| mutant | what it does | killed by |" +
            (doctor ? " the doctor says |\n|:--|:--|:--|:--|\n" : "\n|:--|:--|:--|\n") + rows.at(subject);
  return text;
}

}  // namespace

void Score::count(const Mutant& mutant, const Verdict& verdict) {
  ++planted;
  killed += verdict.fate == Verdict::Fate::killed;
  survived += verdict.fate == Verdict::Fate::survived;
  errors += verdict.fate == Verdict::Fate::error;
  const bool doctor = has_doctor(module_of(mutant.subject));
  to_diagnose += doctor;
  diagnosed += doctor && !mutant.diagnoses.empty() && verdict.right(mutant);
}

Score score(const std::vector<Mutant>& mutants, const std::vector<Verdict>& verdicts) {
  Score all;
  for (std::size_t i = 0; i < mutants.size(); ++i) all.count(mutants[i], verdicts[i]);
  return all;
}

std::string summary(const Score& score) {
  const auto text = [](std::size_t number) { return std::to_string(number); };
  std::string result = "mutants: " + text(score.planted) + " planted, " + text(score.killed) + " killed, " +
                       text(score.survived) + " survived, " + text(score.errors) + " errors";
  if (score.to_diagnose)
    result += "; diagnosis right for " + text(score.diagnosed) + " of " + text(score.to_diagnose) + " (" +
              text(100 * score.diagnosed / score.to_diagnose) + " %)";
  return result;
}

std::string row_before_verdict(const Mutant& mutant) {
  return "| `" + mutant.name + "` | " + plain(mutant.summary) + " | `" + mutant.killed_by + "` |";
}

std::string row_of(const Mutant& mutant, const Verdict& verdict) {
  return row_before_verdict(mutant) +
         (has_doctor(module_of(mutant.subject)) ? " " + said(mutant, verdict) + " |\n" : "\n");
}

std::string score_page(const std::vector<Mutant>& mutants, const std::vector<Verdict>& verdicts) {
  std::map<std::string, std::map<std::string, Score>> modules;
  std::map<std::string, std::string> rows;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const Mutant& mutant = mutants[i];
    modules[module_of(mutant.subject)][mutant.subject].count(mutant, verdicts[i]);
    rows[mutant.subject] += row_of(mutant, verdicts[i]);
  }
  const Score all = score(mutants, verdicts);
  std::string page = introduction + std::to_string(all.killed) + " of " + std::to_string(all.planted) +
                     " are killed by the test that is named for them.\nOf the " +
                     std::to_string(all.to_diagnose) + " that are not in the checker itself, " +
                     std::to_string(all.diagnosed) + " get the right diagnosis (" +
                     std::to_string(100 * all.diagnosed / std::max<std::size_t>(all.to_diagnose, 1)) +
                     " %); the others are mostly found by\ntests that compare numbers and give none.\n\n";
  const char* between = "";
  for (const char* module : {"layers", "losses", "optimizers", "check"}) {
    if (!modules.contains(module)) continue;
    page += between + score_tables(module, modules[module], rows);
    between = "\n";
  }
  return page;
}

}  // namespace mutants
