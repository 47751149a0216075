#pragma once

#include "host/batch/result.hpp"
#include "host/cli/invocation.hpp"

#include <chrono>
#include <fstream>
#include <map>
#include <string>

namespace cli {

/// Tells of a batch: one line a card, how far it is on a terminal, and what came of it in the end.
/// Not for several threads at once.
class BatchReport {
public:
    /// `people` is how many cards the run is to make.
    BatchReport(Invocation const& invocation, std::size_t people);
    BatchReport(BatchReport const&) = delete;
    BatchReport& operator=(BatchReport const&) = delete;
    /// Clears the line of progress.
    ~BatchReport();

    /// Also writes each spoiled card, a JSON line each, to the end of that file; a line that was
    /// torn there before is ended first. Fault: request_invalid (it cannot be written).
    [[nodiscard]] std::optional<api::Fault> list_spoiled_in(std::string const& path);

    /// Tells of one card. Fault: output_failed (the list or the results cannot be written; then
    /// what was to be written is told as an error).
    [[nodiscard]] std::optional<api::Fault> tell(batch::Result const& result);
    /// Tells that a reader is left out.
    void tell_left_out(std::string const& reader, api::Fault const& why);
    /// Tells what the batch waits for, such as a reader that is not there.
    void tell_waiting(api::Fault const& why);
    /// Tells the whole: cards made, an hour, and causes of failure for each reader. Fault:
    /// output_failed.
    [[nodiscard]] std::optional<api::Fault> tell_end() const;

    [[nodiscard]] std::size_t made() const { return made_; }

private:
    struct OfReader {
        std::size_t made = 0;
        std::map<std::string, std::size_t> failures{}; ///< by the fault's code
    };

    void tell_whole() const;
    [[nodiscard]] std::optional<api::Fault>
    write_line(std::ostream& stream, std::string const& name, std::string const& line) const;
    void draw_progress();
    void clear_progress() const;
    [[nodiscard]] double cards_an_hour(std::size_t made) const;

    Invocation const& invocation_;
    std::size_t people_;
    std::size_t made_ = 0;
    std::map<std::string, OfReader> readers_{};
    std::string spoiled_path_{};
    std::ofstream spoiled_{};
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    bool has_progress_ = false;
};

} // namespace cli
