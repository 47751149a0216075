#pragma once

#include "keys/diversification.hpp"
#include "keys/key_table.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/session_key.hpp"

#include "apdu/card_connection.hpp"
#include "apdu/command.hpp"
#include "apdu/status_word.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <map>

namespace keys::psam {

/// A PSAM's side, as card.md §3.3 and §4.3 tell it, for tests: under T=0 or T=1, its keys by usage
/// and id, and a failure or a status word instead of any command.
class TestPsam final : public apdu::CardConnection {
public:
    explicit TestPsam(Algorithm algorithm) : algorithm_{algorithm} {}

    /// A key, as its usage byte says it, that leads to a card's key over so many dispersals.
    void hold(PsamKey key, CardKey value) {
        keys_.insert_or_assign({key.usage & 0x1F, key.id}, Held{key.usage, std::move(value)});
    }

    apdu::Protocol spoken = apdu::Protocol::t0;
    Bytes terminal = apdu::bytes("639900000001");
    Bytes application = apdu::bytes("01012020010120400101");
    std::uint8_t province = 0x63; ///< the only one that it takes
    bool is_psam = true;
    std::size_t commands = 0;
    std::optional<std::size_t> removed_at{};                            ///< from 1
    std::optional<std::pair<std::uint8_t, apdu::StatusWord>> refuses{}; ///< INS, and its answer

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        ++commands;
        if (removed_at && commands >= *removed_at) {
            return apdu::Error::card_removed;
        }
        Bytes const answer = answer_to(command);
        if (answer.size() > response.size()) {
            return apdu::Error::too_long;
        }
        apdu::copy_bytes(answer, response);
        return answer.size();
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return {}; }
    [[nodiscard]] apdu::Protocol protocol() const override { return spoken; }

private:
    struct Held {
        std::uint8_t usage;
        CardKey value;
    };

    static Bytes word(std::size_t status) {
        return {static_cast<std::uint8_t>(status >> 8U), static_cast<std::uint8_t>(status)};
    }

    /// Data wait for GET RESPONSE under T=0.
    Bytes give(Bytes data, bool is_case_4) {
        if (is_case_4 && spoken == apdu::Protocol::t0) {
            waiting_ = std::move(data);
            return word(std::size_t{0x6100} | waiting_.size());
        }
        data.insert(data.end(), {0x90, 0x00});
        return data;
    }

    Bytes answer_to(apdu::ByteView bytes) {
        auto const parsed = apdu::Command::parse(bytes);
        if (!parsed.ok()) {
            return word(0x6700);
        }
        apdu::Command const& command = parsed.value();
        if (command.ins() == apdu::Ins::get_response) {
            Bytes data = std::exchange(waiting_, {});
            return give(std::move(data), false);
        }
        if (refuses && static_cast<std::uint8_t>(command.ins()) == refuses->first) {
            return word(refuses->second.value());
        }
        if (command.ins() == apdu::Ins::cipher_data) {
            return cipher(command);
        }
        session_.reset();
        switch (command.ins()) {
        case apdu::Ins::select:
            return select(command);
        case apdu::Ins::read_binary:
            return read(command);
        case apdu::Ins::get_challenge:
            return give(Bytes(command.ne(), 0x5A), false);
        case apdu::Ins::initialize_environment:
            is_ready_ = command.data().size() == 1 && command.data()[0] == province;
            return word(is_ready_ ? 0x9000 : 0x6A80);
        case apdu::Ins::delivery_session_key:
            return deliver(command);
        default:
            return word(0x6D00);
        }
    }

    Bytes select(apdu::Command const& command) {
        if (command.p1() == 0x02) {
            file_ = command.data()[1];
            return word(0x9000);
        }
        if (command.p1() == 0x00) {
            return word(0x9000);
        }
        bool const is_environment = command.data().size() == 15;
        bool const is_sm4 = is_environment && command.data()[2] == '2';
        is_ready_ = false;
        if (!is_psam || (is_environment && is_sm4 != (algorithm_ == Algorithm::sm4))) {
            return word(0x6A82);
        }
        Bytes fci = apdu::bytes("6F00 8400");
        fci[3] = static_cast<std::uint8_t>(command.data().size());
        fci.insert(fci.end(), command.data().begin(), command.data().end());
        fci[1] = static_cast<std::uint8_t>(fci.size() - 2);
        return give(fci, true);
    }

    Bytes read(apdu::Command const& command) {
        Bytes const file = file_ == 0x15   ? apdu::bytes("91 00000000000000000042 01 02 0000")
                           : file_ == 0x16 ? terminal
                                           : application;
        bool const is_exact = command.ne() == file.size();
        return is_exact ? give(file, false) : word(std::size_t{0x6C00} | file.size());
    }

    Bytes deliver(apdu::Command const& command) {
        std::size_t const block = block_size(algorithm_);
        auto const held = keys_.find({command.p1() & 0x1F, command.p2()});
        if (!is_ready_) {
            return word(0x6985);
        }
        if (held == keys_.end()) {
            return word(0x6A88);
        }
        std::size_t const dispersals = command.p1() >> 5U;
        if (held->second.usage != command.p1() || command.data().size() != 8 * dispersals + block) {
            return word(0x6A80);
        }
        CardKey key{held->second.value.kind(), held->second.value.expose()};
        for (std::size_t level = dispersals; level > 0; --level) { // from the province inwards
            key =
                diversify(cipher_, key, command.data().subspan(8 * (level - 1)).first<8>()).value();
        }
        session_.emplace(session_key(cipher_, key, command.data().last(block)).value());
        can_encrypt_ = (command.p1() & 0x1F) != 0x06;
        return word(0x9000);
    }

    Bytes cipher(apdu::Command const& command) {
        bool const is_last = command.p1() == 0x00 || command.p1() == 0x05 || command.p1() == 0x01;
        std::size_t const block = block_size(algorithm_);
        if (!session_) {
            return word(0x6901);
        }
        Bytes data = apdu::copy_of(command.data());
        if (data.empty() || data.size() % block != 0 || data.size() > 8 * block) {
            return word(0x6700);
        }
        auto const session =
            is_last ? std::exchange(session_, std::nullopt)
                    : std::optional<CardKey>{CardKey{session_->kind(), session_->expose()}};
        if (command.p1() == 0x00) {
            return can_encrypt_ && cipher_.encrypt(*session, data).ok() ? give(data, true)
                                                                        : word(0x6985);
        }
        apdu::ByteView message{data};
        if (command.p1() == 0x05 || command.p1() == 0x07) {
            chain_.assign(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(block));
            message = message.subspan(block);
        }
        EXPECT_TRUE(cipher_.chain(*session, chain_, message).ok());
        if (!is_last) {
            return word(0x9000);
        }
        Bytes mac(4);
        for (std::size_t i = 0; i < (algorithm_ == Algorithm::sm4 ? block : 4); ++i) {
            mac[i % 4] ^= chain_[i];
        }
        return give(mac, true);
    }

    Algorithm algorithm_;
    openssl::EvpCipher cipher_{};
    std::map<std::pair<unsigned, std::uint8_t>, Held> keys_{};
    std::uint8_t file_ = 0;
    bool is_ready_ = false;
    bool can_encrypt_ = false;
    std::optional<CardKey> session_{};
    Bytes chain_{};
    Bytes waiting_{};
};

} // namespace keys::psam
