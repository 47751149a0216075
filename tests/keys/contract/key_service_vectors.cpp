#include "tests/keys/contract/key_service_contract.hpp"
#include "tests/keys/recording_connection.hpp"

namespace keys {
namespace {

constexpr auto cryptography_vectors = "card_cryptography.vec";

using apdu::TestVector;

/// What a vector of any operation says of the card and the key.
struct Scene {
    CardIdentity card;
    apdu::KeyName key;
    std::vector<MasterSpec> masters;
};

MasterSpec master_at(TestVector const& vector, std::string const& name, std::string const& value,
                     Algorithm algorithm) {
    Bytes const bytes = bytes_at(vector, value);
    return {apdu::key_name_from_text(vector.at(name)).value(),
            cipher_kind(algorithm, bytes.size()).value(), bytes};
}

Scene scene_of(TestVector const& vector) {
    Algorithm const algorithm = algorithm_from_text(vector.at("Algorithm")).value();
    MasterSpec const master = master_at(vector, "Key", "Master", algorithm);
    return {
        {algorithm, array_at<3>(vector, "Region"), array_at<historical_size>(vector, "Historical")},
        master.name,
        {master}};
}

Pin pin_at(TestVector const& vector) { return Pin::from_digits(vector.at("Pin")).value(); }

apdu::ByteView bytes_of(SecuredCommand const& command) { return command.view(); }
template <std::size_t size>
apdu::ByteView bytes_of(std::array<std::uint8_t, size> const& bytes) {
    return bytes;
}

/// The contract with vectors of one operation after the other.
class KeyServiceVectors : public KeyServiceContract {
protected:
    /// Has each vector of that operation answered by `ask`, which is given the service, the scene
    /// and the vector. What the back end cannot do is refused for each.
    template <typename Ask>
    void expect_vectors(std::string const& operation, Purpose purpose, Ask ask) {
        for (TestVector const& vector : vectors_of(cryptography_vectors, operation)) {
            Scene const scene = scene_of(vector);
            auto const result = ask(hold(scene.masters), scene, vector);
            if (is_done(purpose, scene.card.algorithm, result)) {
                EXPECT_EQ(apdu::copy_of(bytes_of(result.value())), bytes_at(vector, "Out"));
            }
        }
    }
};

INSTANTIATE_TEST_SUITE_P(EveryBackEnd, KeyServiceVectors, testing::ValuesIn(every_back_end()),
                         [](auto const& test) { return test.param.name; });

TEST_P(KeyServiceVectors, KnowsAGenuineCardsAnswer) {
    expect_vectors("internal answer", Purpose::internal_answer,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.internal_answer(scene.card, 1, array_at<8>(vector, "Process"),
                                                   array_at<8>(vector, "Original"));
                   });
}

TEST_P(KeyServiceVectors, AuthenticatesToTheCard) {
    expect_vectors("external authentication", Purpose::external_authentication,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.external_authentication(scene.card, {scene.key},
                                                           array_at<8>(vector, "Process"),
                                                           array_at<8>(vector, "Original"));
                   });
}

TEST_P(KeyServiceVectors, AddsTheMacToACommand) {
    expect_vectors(
        "maced command", Purpose::maced_command,
        [](KeyService& keys, Scene const& scene, TestVector const& vector) {
            Bytes const header = bytes_at(vector, "Header");
            apdu::Command const command{apdu::Cla{header[0]}, static_cast<apdu::Ins>(header[1]),
                                        header[2], header[3]};
            return keys.maced_command(scene.card, {scene.key}, array_at<8>(vector, "Process"),
                                      command, bytes_at(vector, "Data"));
        });
}

TEST_P(KeyServiceVectors, ResetsThePin) {
    expect_vectors("pin reset", Purpose::pin_reset,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.pin_reset_command(scene.card, array_at<8>(vector, "Process"),
                                                     pin_at(vector));
                   });
}

TEST_P(KeyServiceVectors, AuthenticatesACardId) {
    expect_vectors("card id", Purpose::card_id,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.card_id_authentication(scene.card,
                                                          array_at<12>(vector, "First parts"));
                   });
}

TEST_P(KeyServiceVectors, ProvesTheTransportKey) {
    expect_vectors("transport proof", Purpose::transport_proof,
                   [](KeyService& keys, Scene const& scene, TestVector const& /*vector*/) {
                       return keys.transport_proof(scene.card);
                   });
}

TEST_P(KeyServiceVectors, AuthenticatesWithAnMk) {
    expect_vectors("mk authentication", Purpose::mk_authentication,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.mk_authentication(scene.card, {scene.key},
                                                     array_at<8>(vector, "Challenge"));
                   });
}

TEST_P(KeyServiceVectors, LoadsAKeyUnderAnMk) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "key load")) {
        Scene scene = scene_of(vector);
        MasterSpec const under = master_at(vector, "Under", "Under master", scene.card.algorithm);
        scene.masters.push_back(under);
        KeyLoad const load{{scene.key},
                           {under.name},
                           array_at<8>(vector, "Key header"),
                           array_at<1>(vector, "P1").front()};
        auto const result =
            hold(scene.masters)
                .key_load_command(scene.card, load, array_at<4>(vector, "Challenge"));
        if (is_done(Purpose::key_load, scene.card.algorithm, result)) {
            EXPECT_EQ(apdu::copy_of(result.value().view()), bytes_at(vector, "Out"));
        }
    }
}

TEST_P(KeyServiceVectors, LoadsThePinUnderAnMk) {
    expect_vectors("pin load", Purpose::pin_load,
                   [](KeyService& keys, Scene const& scene, TestVector const& vector) {
                       return keys.pin_load_command(
                           scene.card, {scene.key}, array_at<8>(vector, "Key header"),
                           pin_at(vector), array_at<4>(vector, "Challenge"));
                   });
}

TEST_P(KeyServiceVectors, WritesTheTemporaryMkInTheClear) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "temporary mk")) {
        Scene const scene = scene_of(vector);
        auto const command =
            hold(scene.masters).temporary_mk_command(scene.card, array_at<8>(vector, "Key header"));
        if (is_done(Purpose::temporary_mk, scene.card.algorithm, command)) {
            EXPECT_EQ(sent_by(command.value()), bytes_at(vector, "Out"));
        }
    }
}

} // namespace
} // namespace keys
