#include "cli/claims/claims.hpp"

#include <algorithm>
#include <iostream>
#include <limits>

#include "cli/claims/evidence.hpp"
#include "cli/html.hpp"
#include "cli/text.hpp"
#include "mend/files/atomic_file.hpp"

namespace mend::cli {
namespace {

std::size_t count(const std::vector<Claim>& claims, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(claims.begin(), claims.end(), [=](const Claim& c) { return c.verdict == verdict; }));
}

std::string tally(const std::vector<Claim>& claims) {
  return "Of " + std::to_string(claims.size()) + " statements " +
         std::to_string(count(claims, Verdict::holds)) + " hold, " +
         std::to_string(count(claims, Verdict::does_not_hold)) + " do not, and " +
         std::to_string(count(claims, Verdict::cannot_be_told)) + " cannot be told.";
}

// A pipe would end a cell of a Markdown table.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\\|");
  return text;
}

}  // namespace

std::vector<Claim> judge_claims(const Experiment& experiment, const Studies& studies) {
  const Evidence evidence{experiment, studies};
  std::vector<Claim> claims;
  for (const auto& judge : {claims_on_data, claims_on_table, claims_on_shape, claims_on_network})
    for (Claim& claim : judge(evidence)) claims.push_back(std::move(claim));
  return claims;
}

Csv claims_csv(const std::vector<Claim>& claims) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  Csv csv({"number", "verdict", "statement", "test", "data", "finding", "estimate", "low", "high"});
  for (const Claim& c : claims) {
    const Interval i = c.interval.value_or(Interval{none, none, none});
    csv.add(
        {c.number, to_string(c.verdict), c.statement, c.test, c.data, c.finding, i.estimate, i.low, i.high});
  }
  return csv;
}

std::vector<Claim> claims_from_csv(const CsvTable& table) {
  std::vector<Claim> claims;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Claim c{.number = static_cast<int>(table.number(row, "number")),
            .statement = table.cell(row, "statement"),
            .test = table.cell(row, "test"),
            .data = table.cell(row, "data"),
            .finding = table.cell(row, "finding"),
            .verdict = verdict_from_string(table.cell(row, "verdict"))};
    if (!table.cell(row, "estimate").empty())
      c.interval =
          Interval{table.number(row, "estimate"), table.number(row, "low"), table.number(row, "high")};
    claims.push_back(std::move(c));
  }
  return claims;
}

std::string claims_markdown(const std::vector<Claim>& claims) {
  std::string text =
      "# The claims, one by one {#claims}\n\nThe assignment's README draws conclusions from one training and "
      "one draw "
      "of masks. Here is each of its statements in our words, with the criterion that it had to meet, what "
      "was measured, "
      "and the verdict. `./do experiment` computes this page; how, says @ref tutorial_34_claims, and all "
      "numbers of the "
      "22 rows are on the page @ref experiment. In square brackets: 95 % intervals.\n\n" +
      tally(claims) +
      "\n\n|  | statement | verdict | holds if | found | data |\n"
      "|--:|:----------|:--------|:---------|:------|:-----|\n";
  for (const Claim& c : claims)
    text += "| " + std::to_string(c.number) + " | " + cell(c.statement) + " | **" + to_string(c.verdict) +
            "** | " + cell(c.test) + " | " + cell(c.finding) + " | " + cell(c.data) + " |\n";
  return text;
}

std::string claims_html(const std::vector<Claim>& claims) {
  std::vector<std::vector<std::string>> rows;
  for (const Claim& c : claims) {
    const std::string verdict = to_string(c.verdict);
    rows.push_back({std::to_string(c.number), escape_html(c.statement),
                    c.verdict == Verdict::does_not_hold ? flagged(verdict) : verdict, escape_html(c.test),
                    escape_html(c.finding), escape_html(c.data)});
  }
  return "<p>" + tally(claims) + "</p>\n<div class=\"prose\">" +
         html_table("", {"", "statement", "verdict", "holds if", "found", "data"}, rows) + "</div>\n";
}

std::vector<Claim> run_claims(const Experiment& experiment, const RunOptions& options) {
  const Studies studies = run_studies(experiment, options);
  std::vector<Claim> claims = judge_claims(experiment, studies);
  const std::string about = caption(*experiment.digits, options) + ".";
  claims_csv(claims).save(options.out / "claims.csv");
  write_file(options.out / "claims.md", claims_markdown(claims));
  write_file(options.out / "claims.html", html_page("mend: the claims, one by one",
                                                    "<h1>The claims, one by one</h1>\n<p class=\"lead\">" +
                                                        escape_html(about) + "</p>\n" + claims_html(claims)));
  for (const Claim& c : claims)
    std::cout << c.number << ". " << c.statement << ": " << to_string(c.verdict) << "\n";
  std::cout << tally(claims) << "\n";
  return claims;
}

}  // namespace mend::cli
