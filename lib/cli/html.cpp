#include "cli/html.hpp"

#include "mend/files/atomic_file.hpp"
#include "mend/files/base64.hpp"

namespace mend::cli {
namespace {

constexpr const char* style = R"(
:root { color-scheme: light dark; --ink: #1f2933; --soft: #5b6875; --ground: #fff; --line: #e3e6ea; --flag: #b4530a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --soft: #a3adb8; --ground: #17191c; --line: #34383d; --flag: #f0a35e; }
}
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 1060px; font: 17px/1.6 system-ui, "Segoe UI", Roboto, sans-serif;
  color: var(--ink); background: var(--ground); }
h1 { font-size: 34px; line-height: 1.2; letter-spacing: -.02em; margin: 24px 0 8px; }
h2 { font-size: 24px; margin: 56px 0 8px; }
p, li { max-width: 720px; }
figure { margin: 24px 0; }
figure img { width: 100%; height: auto; background: #fff; border-radius: 6px; }
figcaption, caption { font-size: 15px; color: var(--soft); text-align: left; padding: 6px 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 15px; margin: 16px 0; }
th, td { padding: 4px 12px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { font-weight: 600; vertical-align: bottom; white-space: normal; min-width: 64px; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
pre { font: 14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-x: auto; padding: 12px 16px;
  border: 1px solid var(--line); border-radius: 6px; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.prose td { text-align: left; white-space: normal; vertical-align: top; min-width: 110px; }
.prose td:first-child { min-width: 0; }
.prose th { text-align: left; }
.flag { color: var(--flag); font-weight: 600; }
.lead { font-size: 19px; color: var(--soft); }
)";

}  // namespace

std::string escape_html(const std::string& text) {
  std::string safe;
  for (const char c : text) switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  return safe;
}

std::string flagged(const std::string& html) { return "<span class=\"flag\">" + html + "</span>"; }

std::string html_figure(const std::filesystem::path& figure, const std::string& caption) {
  std::string alt = read_file(figure.string() + ".alt.txt");
  alt.erase(alt.find_last_not_of('\n') + 1);
  return "<figure><img alt=\"" + escape_html(alt) + "\" src=\"data:image/png;base64," +
         base64(read_file(figure.string() + ".png")) + "\">\n<figcaption>" + caption +
         "</figcaption></figure>\n";
}

std::string html_table(const std::string& caption, const std::vector<std::string>& head,
                       const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"scroll\"><table><caption>" + caption + "</caption>\n<thead><tr>";
  for (const std::string& cell : head) html += "<th scope=\"col\">" + cell + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : rows) {
    html += "<tr>";
    for (const std::string& cell : row) html += "<td>" + cell + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string html_page(const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escape_html(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n" + body +
         "</body>\n</html>\n";
}

}  // namespace mend::cli
