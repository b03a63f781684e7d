#include "mutants/build.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace mutants {
namespace {

// ccache knows the precompiled header by the sum beside it.
const std::string launcher = *MUTANTS_LAUNCHER ? "CCACHE_PCH_EXTSUM=1 " MUTANTS_LAUNCHER " " : "";

// A word of a shell command, after a blank: our own paths have no quotes in them.
std::string word(const std::filesystem::path& path) { return " '" + path.string() + "'"; }

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  const std::size_t begin = text.rfind('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1, end == std::string::npos ? 0 : end - begin);
}

// The word that follows " -o ".
std::string output_of(const std::string& command) {
  const std::size_t begin = command.find(" -o ") + 4;
  return command.substr(begin, command.find(' ', begin) - begin);
}

void replace(std::string& text, const std::string& old, const std::string& with) {
  text.replace(text.find(old), old.size(), with);
}

void require(const Run& done, const std::string& what) {
  if (done.status != 0) throw Error(what + "\n" + done.output);
}

}  // namespace

Run run(const std::filesystem::path& folder, const std::string& command) {
  std::FILE* pipe = ::popen(("cd" + word(folder) + " && { " + command + "; } 2>&1").c_str(), "r");
  if (!pipe) throw Error("cannot be started: " + command);
  Run result;
  char buffer[4096];
  for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    result.output.append(buffer, count);
  const int status = ::pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw Error("cannot read " + file.string());
  return text.str();
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  if (!(out << text << std::flush)) throw Error("cannot write " + file.string());
}

Build::Build(std::filesystem::path source, std::filesystem::path folder)
    : source_(std::move(source)),
      folder_(std::move(folder)),
      headers_(folder_ / "mutants" / "standard_headers.hpp") {
  for (const auto& entry : nlohmann::json::parse(read_file(folder_ / "compile_commands.json")))
    compile_[entry.at("file")] = entry.at("command");
}

std::string Build::compiler_of(const std::string& file) const {
  const auto known = compile_.find((source_ / file).string());
  if (known == compile_.end()) throw Error(file + " is not compiled in this build");
  std::string command = known->second.substr(0, known->second.find(" -o "));
  // The library's precompiled header is for its own optimisation.
  const std::size_t header = command.find(" -Winvalid-pch -include ");
  if (header != std::string::npos && file.starts_with("lib/"))
    command.erase(header, command.find(".hxx", header) + 4 - header);
  // Optimising more would take longer than it saves; what a mutant leaves unused is of no interest.
  return command + " -O1 -w";
}

void Build::prepare(const std::vector<Mutant>& mutants) {
  for (const Mutant& mutant : mutants) {
    if (link_.contains(mutant.test)) continue;
    const Run ninja = run(folder_, MUTANTS_NINJA " -t commands " + mutant.test);
    const std::string command = last_line(ninja.output);
    if (ninja.status != 0 || command.find(" -o ") == std::string::npos)
      throw Error(mutant.place + ": there is no test program " + mutant.test);
    link_[mutant.test] = command;
  }
  // Where a file is compiled with other options, the compiler reads the header itself.
  const std::string header = read_file(source_ / "cmake/standard_headers.hpp");
  const std::string command =
      compiler_of(mutants.at(0).compiled.at(0)) + " -x c++-header -c" + word(headers_);
  const std::string precompiled = headers_.string() + ".gch", sum = command + "\n" + header;
  if (std::filesystem::exists(precompiled + ".sum") && read_file(precompiled + ".sum") == sum) return;
  write_file(headers_, header);
  require(run(folder_, command + " -o" + word(precompiled)), "the standard headers do not compile");
  write_file(precompiled + ".sum", sum);
}

std::filesystem::path Build::make(const Mutant& mutant, const std::string& text,
                                  const std::filesystem::path& work) const {
  const std::filesystem::path overlay = work / "overlay", changed = overlay / mutant.source;
  write_file(changed, text);
  std::string link = link_.at(mutant.test), extra;
  for (std::size_t i = 0; i < mutant.compiled.size(); ++i) {
    const std::string& file = mutant.compiled[i];
    const std::filesystem::path object = work / (std::to_string(i) + ".o");
    std::string command = launcher + compiler_of(file) + " -include" + word(headers_);
    for (const char* folder : {"lib", "tests"})  // the overlay is where an include is looked for first
      command += " -iquote" + word(overlay / folder);
    command += " -MD -c" + word(file == mutant.source ? changed : source_ / file) + " -o" + word(object);
    require(run(folder_, command), "does not compile");
    // An object of the test program itself gives way; one of the library is then not taken from the archive.
    const std::string replaced = " " + output_of(compile_.at((source_ / file).string()));
    if (link.find(replaced) != std::string::npos)
      replace(link, replaced, word(object));
    else
      extra += word(object);
  }
  const std::filesystem::path program = work / "program";
  replace(link, " -o " + output_of(link), extra + " -o" + word(program));
  require(run(folder_, link), "does not link");
  return program;
}

}  // namespace mutants
