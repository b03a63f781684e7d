#include "mutants/trial.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace mutants {
namespace {

// Calls work(i) for all i below count, on all processors.
void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto loop = [&] {
    for (std::size_t i; (i = next++) < count;) work(i);
  };
  std::vector<std::jthread> others(std::max(1u, std::thread::hardware_concurrency()) - 1);
  for (std::jthread& other : others) other = std::jthread(loop);
  loop();
}

Run run_test(const Build& build, const std::filesystem::path& program, const std::string& arguments) {
  return run(build.source(), "timeout -k 2 " + std::to_string(build.seconds) + " '" + program.string() +
                                 "' --gtest_color=no " + arguments);
}

std::filesystem::path work_folder(const Build& build, const Mutant& mutant, const std::string& name) {
  return build.folder() / "mutants" / mutant.subject / name;
}

// Why a test cannot be a judge; empty when it can.
std::string unfit(const Build& build, const std::filesystem::path& program, const std::string& test) {
  const Run list = run_test(build, program, "--gtest_list_tests --gtest_filter='" + test + "'");
  if (list.status != 0 || list.output.find("\n  ") == std::string::npos) return "there is no test " + test;
  const Run control = run_test(build, program, "--gtest_filter='" + test + "'");
  if (control.status != 0) return test + " fails on the unmutated code\n" + control.output;
  return "";
}

std::string first_diagnosis(const std::string& output) {
  const std::string mark = "diagnosis: ";
  const std::size_t found = output.find(mark);
  if (found == std::string::npos) return "";
  const std::size_t begin = found + mark.size();
  return output.substr(begin, output.find_first_of(":\n", begin) - begin);
}

Verdict try_one(const Build& build, const Mutant& mutant) {
  Verdict verdict;
  const std::filesystem::path work = work_folder(build, mutant, mutant.name);
  const std::string text = mutate(mutant, read_file(build.source() / mutant.source));
  const Run test =
      run_test(build, build.make(mutant, text, work), "--gtest_filter='" + mutant.killed_by + "'");
  verdict.output = test.output;
  verdict.diagnosis = first_diagnosis(test.output);
  if (test.status == 0)
    verdict.fate = Verdict::Fate::survived;
  else if (test.status == 1 && test.output.find("[  FAILED  ]") != std::string::npos)
    verdict.fate = Verdict::Fate::killed;
  else if (test.status == 124 || test.status == 137)
    verdict.error = "the test did not end within " + std::to_string(build.seconds) + " s";
  else
    verdict.error =
        "the test ended with status " + std::to_string(test.status) + ", not by a failed expectation";
  std::filesystem::remove_all(work);  // ccache keeps what is worth keeping
  return verdict;
}

}  // namespace

bool Verdict::right(const Mutant& mutant) const {
  if (mutant.diagnoses.empty()) return diagnosis.empty();
  return std::find(mutant.diagnoses.begin(), mutant.diagnoses.end(), diagnosis) != mutant.diagnoses.end();
}

std::vector<Verdict> judge(Build& build, const std::vector<Mutant>& mutants,
                           const std::function<void(std::size_t)>& progress) {
  build.prepare(mutants);
  // What is wrong with the judge of each mutant. One control serves all mutants of the same files.
  std::map<std::string, std::map<std::string, std::string>> unfit_judges;
  std::map<std::string, const Mutant*> controls;
  const auto key = [](const Mutant& mutant) {
    std::string text = mutant.test + " " + mutant.source;
    for (const std::string& file : mutant.compiled) text += " " + file;
    return text;
  };
  for (const Mutant& mutant : mutants) {
    controls[key(mutant)] = &mutant;
    unfit_judges[key(mutant)][mutant.killed_by];
  }
  const std::vector<std::pair<std::string, const Mutant*>> list(controls.begin(), controls.end());
  for_each_index(list.size(), [&](std::size_t i) {
    const auto& [files, mutant] = list[i];
    const std::filesystem::path work = work_folder(build, *mutant, "control" + std::to_string(i));
    std::filesystem::path program;
    std::string trouble;
    try {
      program = build.make(*mutant, read_file(build.source() / mutant->source), work);
    } catch (const std::exception& error) {
      trouble = std::string("the unmutated code: ") + error.what();
    }
    for (auto& [test, why] : unfit_judges.at(files))
      why = trouble.empty() ? unfit(build, program, test) : trouble;
    std::filesystem::remove_all(work);
  });

  std::vector<Verdict> verdicts(mutants.size());
  std::mutex mutex;
  std::size_t done = 0;
  for_each_index(mutants.size(), [&](std::size_t i) {
    const std::string& why = unfit_judges.at(key(mutants[i])).at(mutants[i].killed_by);
    if (why.empty()) {
      try {
        verdicts[i] = try_one(build, mutants[i]);
      } catch (const std::exception& error) {
        verdicts[i].error = error.what();
      }
    } else {
      verdicts[i].error = why;
    }
    const std::lock_guard lock(mutex);
    progress(++done);
  });
  return verdicts;
}

}  // namespace mutants
