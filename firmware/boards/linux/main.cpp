// The kiosk's terminal as a program of Linux: wires are pseudo-terminals and sockets in a folder.
#include "firmware/boards/linux/file_flash.hpp"
#include "firmware/boards/linux/kernel_noise.hpp"
#include "firmware/boards/linux/monotonic_clock.hpp"
#include "firmware/boards/linux/process_system.hpp"
#include "firmware/boards/linux/pty_line.hpp"
#include "firmware/boards/linux/socket_stream.hpp"
#include "firmware/boards/streams/stream_card_line.hpp"
#include "firmware/boards/streams/stream_pad.hpp"
#include "firmware/core/terminal.hpp"

#include "keys/mbedtls/mbedtls_aes.hpp"
#include "keys/mbedtls/mbedtls_random.hpp"
#include "keys/mbedtls/mbedtls_signature.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

constexpr auto usage = R"(usage: kiosk-terminal [--paced] FOLDER
The kiosk's card terminal on Linux. In FOLDER, which must be there, it makes
  pad_host, sam_host   the links to the host, for pcscd's reader.conf:
                       DEVICENAME FOLDER/pad_host:GemPCPinPad and FOLDER/sam_host:GemCoreSIMPro2
  card, sams, pad      sockets for sscard-virtual: card --contacts, psam --contacts, pad --link
  keys.flash, images.flash   what a chip's flash would keep
A file FOLDER/open is the opened case. With --paced characters take their time on the cards' lines.
Prints "ready" and runs until SIGTERM or SIGINT.
)";

constexpr std::uint32_t user_clock_hz = 4'000'000;
constexpr std::uint32_t sam_clock_hz = 4'800'000;
constexpr std::size_t page_size = 2048;
constexpr std::size_t key_pages = 8;
constexpr std::size_t image_pages = 2 * 64 + 2;

std::atomic<bool> is_stopped = false;

constexpr terminal::Identity identity{"KioskTerm", "1.0.0", "linux", "KioskTerm-1.0"};

/// All of the board, in the order in which its parts need each other.
class Board {
public:
    Board(std::string const& folder, char** arguments, bool is_paced)
        : pad_host_{folder + "/pad_host"}, sam_host_{folder + "/sam_host"}, card_{folder + "/card"},
          sams_{folder + "/sams"}, pad_{folder + "/pad"}, user_card_{card_port_, 0, clock_,
                                                                     user_clock_hz, is_paced},
          sam_1_{sam_port_, 0, clock_, sam_clock_hz, is_paced}, sam_2_{sam_port_, 1, clock_,
                                                                       sam_clock_hz, is_paced},
          stream_pad_{pad_}, key_flash_{folder + "/keys.flash", page_size, key_pages},
          image_flash_{folder + "/images.flash", page_size, image_pages},
          system_{arguments,
                  [this] {
                      return std::vector<int>{pad_host_.descriptor(), sam_host_.descriptor(),
                                              card_.descriptor(),     card_.listening(),
                                              sams_.descriptor(),     sams_.listening(),
                                              pad_.descriptor(),      pad_.listening()};
                  },
                  folder + "/open", is_paced} {}

    [[nodiscard]] hal::Board parts() {
        return {clock_, system_, noise_,      pad_host_,   sam_host_,  user_card_,
                sam_1_, sam_2_,  stream_pad_, stream_pad_, key_flash_, image_flash_};
    }
    [[nodiscard]] hal::System& system() { return system_; }

private:
    linux_board::MonotonicClock clock_{};
    linux_board::KernelNoise noise_{};
    linux_board::PtyLine pad_host_;
    linux_board::PtyLine sam_host_;
    linux_board::SocketStream card_;
    linux_board::SocketStream sams_;
    linux_board::SocketStream pad_;
    streams::ContactPort card_port_{card_};
    streams::ContactPort sam_port_{sams_};
    streams::StreamCardLine user_card_;
    streams::StreamCardLine sam_1_;
    streams::StreamCardLine sam_2_;
    streams::StreamPad stream_pad_;
    linux_board::FileFlash key_flash_;
    linux_board::FileFlash image_flash_;
    linux_board::ProcessSystem system_;
};

int run(std::string const& folder, char** arguments, bool is_paced) {
    Board board{folder, arguments, is_paced};
    keys::mbedtls::MbedtlsAes aes;
    keys::mbedtls::MbedtlsRandom generator;
    keys::mbedtls::MbedtlsSignature signature;
    hal::Board const parts = board.parts();
    terminal::Terminal terminal{parts,
                                {aes, generator, signature},
                                identity,
                                {.rules = {.board = 1, .key = keys::ImagePublicKey{}}}};
    std::cout << "ready" << std::endl;
    while (!is_stopped) {
        terminal.step();
        board.system().idle();
    }
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char** argv) {
    bool const is_paced = argc == 3 && std::string{argv[1]} == "--paced";
    if (argc != (is_paced ? 3 : 2) || argv[argc - 1][0] == '-') {
        bool const asks_help = argc == 2 && std::string{argv[1]} == "--help";
        (asks_help ? std::cout : std::cerr) << usage;
        return asks_help ? EXIT_SUCCESS : 2;
    }
    for (int const signal : {SIGTERM, SIGINT}) {
        (void)std::signal(signal, [](int) { is_stopped = true; });
    }
    try {
        return run(argv[argc - 1], argv, is_paced);
    } catch (std::exception const& error) {
        std::cerr << "kiosk-terminal: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
