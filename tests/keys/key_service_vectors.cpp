#include "tests/keys/key_service_contract.hpp"
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

template <typename T>
void expect_bytes(KeyResult<T> const& result, TestVector const& vector) {
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(apdu::copy_of(result.value()), bytes_at(vector, "Out"));
}

void expect_bytes(KeyResult<SecuredCommand> const& result, TestVector const& vector) {
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(apdu::copy_of(result.value().view()), bytes_at(vector, "Out"));
}

TEST_P(KeyServiceContract, KnowsAGenuineCardsAnswer) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "internal answer")) {
        Scene const scene = scene_of(vector);
        expect_bytes(hold(scene.masters)
                         .internal_answer(scene.card, 1, array_at<8>(vector, "Process"),
                                          array_at<8>(vector, "Original")),
                     vector);
    }
}

TEST_P(KeyServiceContract, AuthenticatesToTheCard) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "external authentication")) {
        Scene const scene = scene_of(vector);
        expect_bytes(hold(scene.masters)
                         .external_authentication(scene.card, {scene.key},
                                                  array_at<8>(vector, "Process"),
                                                  array_at<8>(vector, "Original")),
                     vector);
    }
}

TEST_P(KeyServiceContract, AddsTheMacToACommand) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "maced command")) {
        Scene const scene = scene_of(vector);
        Bytes const header = bytes_at(vector, "Header");
        apdu::Command const command{apdu::Cla{header[0]}, static_cast<apdu::Ins>(header[1]),
                                    header[2], header[3]};
        expect_bytes(hold(scene.masters)
                         .maced_command(scene.card, {scene.key}, array_at<8>(vector, "Process"),
                                        command, bytes_at(vector, "Data")),
                     vector);
    }
}

TEST_P(KeyServiceContract, ResetsThePin) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "pin reset")) {
        Scene const scene = scene_of(vector);
        expect_bytes(
            hold(scene.masters)
                .pin_reset_command(scene.card, array_at<8>(vector, "Process"), pin_at(vector)),
            vector);
    }
}

TEST_P(KeyServiceContract, AuthenticatesACardId) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "card id")) {
        Scene const scene = scene_of(vector);
        expect_bytes(hold(scene.masters)
                         .card_id_authentication(scene.card, array_at<12>(vector, "First parts")),
                     vector);
    }
}

TEST_P(KeyServiceContract, ProvesTheTransportKey) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "transport proof")) {
        Scene const scene = scene_of(vector);
        expect_bytes(hold(scene.masters).transport_proof(scene.card), vector);
    }
}

TEST_P(KeyServiceContract, AuthenticatesWithAnMk) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "mk authentication")) {
        Scene const scene = scene_of(vector);
        expect_bytes(
            hold(scene.masters)
                .mk_authentication(scene.card, {scene.key}, array_at<8>(vector, "Challenge")),
            vector);
    }
}

TEST_P(KeyServiceContract, LoadsAKeyUnderAnMk) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "key load")) {
        Scene scene = scene_of(vector);
        MasterSpec const under = master_at(vector, "Under", "Under master", scene.card.algorithm);
        scene.masters.push_back(under);
        KeyLoad const load{{scene.key},
                           {under.name},
                           array_at<8>(vector, "Key header"),
                           array_at<1>(vector, "P1").front()};
        expect_bytes(hold(scene.masters)
                         .key_load_command(scene.card, load, array_at<4>(vector, "Challenge")),
                     vector);
    }
}

TEST_P(KeyServiceContract, LoadsThePinUnderAnMk) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "pin load")) {
        Scene const scene = scene_of(vector);
        expect_bytes(hold(scene.masters)
                         .pin_load_command(scene.card, {scene.key},
                                           array_at<8>(vector, "Key header"), pin_at(vector),
                                           array_at<4>(vector, "Challenge")),
                     vector);
    }
}

TEST_P(KeyServiceContract, WritesTheTemporaryMkInTheClear) {
    for (TestVector const& vector : vectors_of(cryptography_vectors, "temporary mk")) {
        Scene const scene = scene_of(vector);
        auto const command =
            hold(scene.masters).temporary_mk_command(scene.card, array_at<8>(vector, "Key header"));
        ASSERT_TRUE(command.ok());
        EXPECT_EQ(sent_by(command.value()), bytes_at(vector, "Out"));
    }
}

} // namespace
} // namespace keys
