// The kiosk's terminal on its board.
#include "firmware/boards/cortex_m/image_rules.hpp"
#include "firmware/boards/cortex_m/mbedtls_memory.hpp"
#include "firmware/boards/stm32l476/board_system.hpp"
#include "firmware/boards/stm32l476/chip_noise.hpp"
#include "firmware/boards/stm32l476/flash_layout.hpp"
#include "firmware/boards/stm32l476/lasting.hpp"
#include "firmware/boards/stm32l476/page_flash.hpp"
#include "firmware/boards/stm32l476/usart_host_line.hpp"
#include "firmware/boards/stm32l476/wiring.hpp"
#include "firmware/core/terminal.hpp"

#include "keys/mbedtls/mbedtls_aes.hpp"
#include "keys/mbedtls/mbedtls_random.hpp"
#include "keys/mbedtls/mbedtls_signature.hpp"

namespace {

using namespace stm32l476;

constexpr terminal::Identity identity{"KioskTerm", "1.0.0", "stm32l476", "KioskTerm-1.0"};

/// All of the board, in the order in which its parts need each other.
class Board {
public:
    [[nodiscard]] hal::Board parts() {
        return {clock_, system_, noise_, pad_host_, sam_host_,  user_card_,
                sam_1_, sam_2_,  pad_,   display_,  key_flash_, image_flash_};
    }
    [[nodiscard]] hal::System& system() { return system_; }

private:
    CycleClock clock_{};
    ChipNoise noise_{};
    UsartHostLine pad_host_{uart4(), Interrupt::uart4};
    UsartHostLine sam_host_{uart5(), Interrupt::uart5};
    SmartcardLine user_card_{wiring::user_port(), wiring::user_contacts, clock_};
    SmartcardLine sam_1_{wiring::sam_1_port(), wiring::sam_1_contacts, clock_};
    SmartcardLine sam_2_{wiring::sam_2_port(), wiring::sam_2_contacts, clock_};
    Keypad pad_{wiring::keypad, clock_};
    St7920Display display_{wiring::display, clock_};
    PageFlash key_flash_{keys_begin, key_pages};
    PageFlash image_flash_{images_begin, images_pages};
    BoardSystem system_{{&user_card_, &sam_1_, &sam_2_}};
};

/// All that the terminal computes with.
struct Library {
    keys::mbedtls::MbedtlsAes aes;
    keys::mbedtls::MbedtlsRandom generator;
    keys::mbedtls::MbedtlsSignature signature;
};

constinit Lasting<Board> board_place;
constinit Lasting<hal::Board> parts_place;
constinit Lasting<Library> library_place;
constinit Lasting<terminal::Terminal> terminal_place;

} // namespace

int main() {
    cortex_m::give_memory_to_mbedtls();
    wiring::connect_host_lines();
    Board& board = board_place.make();
    hal::Board const& parts = parts_place.make(board.parts());
    Library& library = library_place.make();
    terminal::Ciphers const ciphers{library.aes, library.generator, library.signature};
    terminal::Images const images{cortex_m::image_rules(), cortex_m::running_slot(second_bank)};
    terminal::Terminal& terminal = terminal_place.make(parts, ciphers, identity, images);
    for (;;) {
        terminal.step();
        board.system().idle();
    }
}
