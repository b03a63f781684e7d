#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mend::cli {

/// Text with & < > " made safe for HTML.
std::string escape_html(const std::string& text);

/// HTML in the colour of what a reader should not miss.
std::string flagged(const std::string& html);

/// A picture that stands in the page itself: the PNG and the alt text that a figure was saved with.
/// \param figure  its path without an ending  \param caption  HTML below it  \throws Error when a file is missing
std::string html_figure(const std::filesystem::path& figure, const std::string& caption);

/// A table. \param caption  above it  \param head  the column heads  \param rows  cells, as HTML
std::string html_table(const std::string& caption, const std::vector<std::string>& head,
                       const std::vector<std::vector<std::string>>& rows);

/// A whole page that follows the reader's light or dark setting. \param title  text  \param body  HTML
std::string html_page(const std::string& title, const std::string& body);

}  // namespace mend::cli
