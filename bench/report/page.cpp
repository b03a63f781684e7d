#include "report/page.hpp"

#include <unistd.h>

#include <cmath>

#include "mend/files/atomic_file.hpp"
#include "report/format.hpp"
#include "report/goals.hpp"
#include "report/ladder.hpp"
#include "report/roofline.hpp"
#include "report/table.hpp"
#include "scale/growth.hpp"

namespace bench {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string picture(const std::string& name, const std::string& alt) {
  return "<img src=\"results/" + name + ".svg\" style=\"width:100%;height:auto\" alt=\"" + alt + "\"/>\n\n";
}

std::string introduction(const Measurements& all) {
  return "# How fast is it, and why {#speed}\n\n<!-- Written by ./do bench. -->\n\n"
         "Measured on " +
         all.about("date").substr(0, 10) + " on " + all.about("processor") + " with " +
         all.about("num_cpus") + " cores, OpenBLAS with its kernels for " + all.about("blas_kernels") +
         ", and the product kernels `" + all.about("own_kernels") +
         "` where no others are named; every number on this page was put here by a program. `./do bench` "
         "measures anew and writes the page, `./do bench --quick` shows in a minute that all works. Times "
         "are medians over repetitions in random order; where two things are compared, they ran in one "
         "process.\n\n";
}

std::string goals_section(const Results& results) {
  Rows rows;
  for (const Goal& goal : goals(results))
    rows.push_back({goal.job, goal.goal(), goal.found(), goal.verdict()});
  return "## What was to be reached {#speed_goals}\n\n"
         "A Task 3 epoch is one pass over 11,686 images of fives and sevens in batches of 128, with new "
         "masks in each; Task 2 is the map of digits. A library is compared in the fastest of its builds "
         "that Debian has.\n\n" +
         markdown_table({"job", "goal", "measured", ""}, rows);
}

std::string machine_section(const Measurements& all) {
  const Machine one = machine(all), two = machine(all, 2);
  const auto row = [](const std::string& name, double a, double b, const std::string& unit) {
    return std::vector<std::string>{name, digits(a) + " " + unit, digits(b) + " " + unit};
  };
  const auto written = [&](const std::string& level, int threads) {
    const Measurement m = all.of("machine/read_write/" + level + "/threads:" + std::to_string(threads));
    return m.gbytes() * m.seconds / m.low;  // at best, as machine() takes them
  };
  Rows rows = {row("multiply-adds in registers", one.peak, two.peak, "GFLOP/s")};
  const double of_one[] = {one.l1, one.l2, one.l3, one.dram}, of_two[] = {two.l1, two.l2, two.l3, two.dram};
  const char* levels[] = {"L1", "L2", "L3", "DRAM"};
  for (std::size_t i = 0; i < 4; ++i) {
    rows.push_back(row(std::string("read ") + levels[i], of_one[i], of_two[i], "GB/s"));
    rows.push_back(row(std::string("read and write ") + levels[i], written(levels[i], 1),
                       written(levels[i], 2), "GB/s"));
  }
  return "## What limits a processor {#speed_machine}\n\n"
         "A job has to compute and to move bytes, and the slower of the two decides how long it takes. "
         "Both limits can be measured by programs that do nothing else (`bench/machine`):\n\n" +
         markdown_table({"", "1 thread", "2 threads"}, rows) +
         "So while one float comes from the second cache a core could do " +
         digits(4 * one.peak / one.l2, 2) + " operations, from the third " +
         digits(4 * one.peak / one.l3, 2) + ", from main memory " + digits(4 * one.peak / one.dram, 2) +
         ". A job's **intensity** is how many operations it does for each byte that it has to move. Its "
         "limit is the lower of the peak and of intensity times bandwidth: drawn over the intensity, a "
         "slope and a flat part, which is why the drawing is called a **roofline** (@ref williams2009 "
         "\"Williams, Waterman, Patterson 2009\"). Under the slope a job is *memory bound*, and only "
         "moving less helps. Under the flat part it is *compute bound*, and only a better use of the "
         "arithmetic units helps.\n\n";
}

std::string roofline_section(const Measurements& all) {
  return "## Where our jobs lie {#speed_roofline}\n\n" + picture("speed_roofline", roofline_finding(all)) +
         "The product of matrices is the one job here with a high intensity: of n x n matrices it does 2 "
         "n^3 operations on 3 n^2 numbers. Everything else, a rectifier, a loss, an optimizer, does a few "
         "operations on a number and needs the next one. Intensities count each argument and each result "
         "once, so a tensor that still lies in a cache from the operation before counts as if it had to be "
         "fetched. Points of one kind that lie far below their neighbours wait for something else than "
         "memory or multiply-adds: for divisions and roots, for random numbers, or for the calls "
         "themselves where there are few numbers.\n\n";
}

// An epoch beside its products, for the kernels that were measured.
std::string training_section(const Measurements& all) {
  Rows rows;
  for (const Measurement& m : all.starting("training/epoch/"))
    rows.push_back(
        {"`" + m.name.substr(15) + "`", time_text(m.seconds), digits(m.gflops()), digits(m.x_sgemm)});
  const Measurement task3 = all.of("training/epoch/task3/threads:1"),
                    task2 = all.of("training/epoch/task2/threads:1");
  return "## Whole epochs {#speed_epochs}\n\n"
         "The last column is the answer to how much time is left to gain: how many times as long an epoch "
         "takes as its matrix products alone, `sgemm` of OpenBLAS on one thread with the same shapes on "
         "buffers of the same size, timed in turn with it. Below 1 means faster than those.\n\n" +
         markdown_table({"epoch", "time", "GFLOP/s", "x its products"}, rows) + "An epoch of Task 3 takes " +
         digits(task3.x_sgemm) +
         " times its products, and with all that is no product it does its arithmetic at " +
         digits(100 * task3.gflops() / machine(all).peak, 2) + " % of the peak. One of Task 2 takes " +
         digits(task2.x_sgemm) +
         " times its products, because there is next to nothing to multiply in a network with two hidden "
         "units: it gathers rows and goes over images and gradients, and memory is its limit. A figure "
         "that far above 1 is no sign of waste, and one near 1 no sign of merit; the roofline says which "
         "to expect.\n\n";
}

std::string peers_section(const mend::CsvTable& peers) {
  Rows rows;
  for (std::size_t i = 0; i < peers.rows(); ++i)
    rows.push_back(
        {peers.cell(i, "job"), peers.cell(i, "peer"), peers.cell(i, "threads"), peers.cell(i, "blas"),
         time_text(peers.number(i, "median_ms") / 1000),
         time_text(peers.number(i, "low_ms") / 1000) + " to " + time_text(peers.number(i, "high_ms") / 1000),
         digits(peers.number(i, "ratio")), digits(peers.number(i, "final_loss"))});
  return "## Beside other libraries {#speed_peers}\n\n"
         "The same network, images, batches, optimizer and number of epochs, run in turn in one session; "
         "all have to reach the same loss. The ratio is the median of the library's time over mend's, pair "
         "by pair: above 1 mend is faster. Which BLAS a library uses is stated, since it decides most of "
         "its time.\n\n" +
         markdown_table({"job", "library", "threads", "BLAS", "median", "range", "x mend", "loss"}, rows);
}

std::string scale_section(const mend::CsvTable& table) {
  Rows slopes, rows;
  for (std::size_t i = 0; i < table.rows(); ++i)
    rows.push_back({table.cell(i, "axis"), table.cell(i, "value"), table.cell(i, "threads"),
                    time_text(table.number(i, "seconds_per_step")), digits(table.number(i, "peak_mib"))});
  const std::vector<scale::Point> points = scale::from_csv(table);
  for (const scale::Growth& growth : scale::growths(points))
    slopes.push_back({scale::to_string(growth.axis),
                      growth.threads == 0 ? "" : std::to_string(growth.threads), digits(growth.expected, 2),
                      digits(growth.measured, 2)});
  return "## When the job grows {#speed_scale}\n\n" + picture("speed_scale", scale::finding(points)) +
         "On logarithmic axes a cost that grows like a power is a line, and its slope is the power. The "
         "slope is measured over the upper half of the values, where what costs the same at any "
         "size no longer counts; the line in the figure is the number of multiplications. Along images it is "
         "the time "
         "of an epoch, else of a step."
         "\n\n" +
         markdown_table({"what grows", "threads", "slope expected", "slope measured"}, slopes) +
         markdown_table({"axis", "value", "threads", "time of a step", "peak memory, MiB"}, rows);
}

std::string compile_section(const mend::CsvTable& table) {
  Rows rows;
  for (std::size_t i = 0; i < table.rows(); ++i)
    rows.push_back({table.cell(i, "what"), time_text(table.number(i, "seconds")),
                    time_text(table.number(i, "budget_seconds"))});
  return "## Compile time is speed, too {#speed_compile}\n\n"
         "Layers declare templates in headers and define them in source files, for the three scalars that "
         "there are. So a program that uses the library compiles none of it, and who changes a layer "
         "compiles that layer and its test.\n\n" +
         markdown_table({"what", "time", "budget"}, rows);
}

}  // namespace

std::string speed_page(const Results& results) {
  const Measurements& all = results.ours;
  std::string page = introduction(all) + goals_section(results) + machine_section(all) +
                     roofline_section(all) +
                     "## Step by step {#speed_steps}\n\nWhat made the library fast, each with what it was "
                     "before, as code that still runs (`bench/steps`).\n\n" +
                     ladder(all) + training_section(all);
  if (results.peers) page += peers_section(*results.peers);
  if (results.scale) page += scale_section(*results.scale);
  if (results.compile_time) page += compile_section(*results.compile_time);
  return page +
         "## All measurements {#speed_all}\n\nGFLOP/s count every operation of the formula as one, also a "
         "division or e^x; GB/s count each argument and each result once. The last column is the time over "
         "that of the products alone. Those of a module are what `./do bench --benchmark_filter=^layers/` "
         "prints.\n\n" +
         measurement_pages(all);
}

void write_speed_page(const std::filesystem::path& docs) {
  namespace fs = std::filesystem;
  const Results results = load_results(docs / "results");
  const std::string caption = results.ours.about("processor") + ", " + results.ours.about("blas_kernels");
  // Of a figure's files the site needs one; its data are in the tables already.
  const fs::path scratch = fs::temp_directory_path() / ("mend_bench_report_" + std::to_string(getpid()));
  const auto draw = [&](const std::string& name, const std::vector<mend::Chart>& charts,
                        const std::string& alt, std::size_t columns) {
    fs::create_directories(scratch);
    mend::save_chart(scratch / name, charts, alt, caption, columns);
    mend::write_file(docs / "results" / (name + ".svg"), mend::read_file(scratch / (name + ".svg")));
  };
  draw("speed_roofline", {roofline(results.ours)}, roofline_finding(results.ours), 1);
  if (results.scale) {
    const std::vector<scale::Point> points = scale::from_csv(*results.scale);
    draw("speed_scale", scale::charts(points), scale::finding(points), 3);
  }
  fs::remove_all(scratch);
  mend::write_file(docs / "speed.md", speed_page(results));
}

}  // namespace bench
