#!/usr/bin/env python3
"""Prints card_cryptography.vec (argument "service") or card_derivations.vec ("derivations").

An independent computation: the block ciphers are the openssl program's, everything else is written
here from card.md and cos-t514.md alone. It shares nothing with the code that it tests.
"""

import subprocess
import sys

REGION = bytes.fromhex("639900")
HISTORICAL = bytes.fromhex("00814E43238697159900BF7C7A")
MASTER = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
MK_MASTER = bytes.fromhex("F0E1D2C3B4A5968778695A4B3C2D1E0F")
PROCESS = bytes.fromhex("1122334455667788")
ORIGINAL = bytes.fromhex("0102030405060708")
CHALLENGE4 = bytes.fromhex("A1B2C3D4")
FIRST_PARTS = bytes.fromhex("639900D15600000500BF7C7A")
ALGORITHM = {"des": "3DES", "des3": "3DES", "sm4": "SM4"}


def ecb(kind, key, data):
    name = {"des": "des-ede", "des3": "des-ede", "sm4": "sm4-ecb"}[kind]
    whole = key * 2 if kind == "des" else key
    run = subprocess.run(["openssl", "enc", "-" + name, "-K", whole.hex(), "-nopad"], input=data,
                         capture_output=True, check=True)
    return run.stdout


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def block(kind):
    return 16 if kind == "sm4" else 8


def padded(kind, message):
    message += b"\x80"
    return message + bytes(-len(message) % block(kind))


def dispersed(kind, key, factor):
    return ecb(kind, key, factor if kind == "des" else factor + xor(factor, b"\xff" * 8))


def factors(region):
    digits = region.hex().encode()
    city = digits[:4] + b"00" if digits.startswith(b"33") else digits
    return [digits[:2] + b"0000sh", city + b"sx", HISTORICAL[5:13]]


def card_key(kind, master, region=REGION, dispersals=3):
    for factor in factors(region)[3 - dispersals:]:
        master = dispersed(kind, master, factor)
    return master


def session(kind, key, random):
    return ecb(kind, key, random.ljust(block(kind), b"\0"))


def session_kind(kind):
    return "sm4" if kind == "sm4" else "des"


def proof(kind, key, value):
    out = ecb(kind, key, value.ljust(block(kind), b"\0"))
    return xor(out[:8], out[8:]) if kind == "sm4" else out


def mac(kind, key, message, initial=b""):
    size = block(kind)
    state = initial.ljust(size, b"\0")
    message = padded(kind, message)
    for at in range(0, len(message), size):
        is_last = at + size == len(message)
        single = kind == "des3" and not is_last
        mixed = xor(state, message[at:at + size])
        state = ecb("des", key[:8], mixed) if single else ecb(kind, key, mixed)
    if kind != "sm4":
        return state[:4]
    return xor(xor(state[:4], state[4:8]), xor(state[8:12], state[12:]))


def encrypted(kind, key, plain):
    message = bytes([len(plain)]) + plain
    return ecb(kind, key, padded(kind, message) if len(message) % block(kind) else message)


def maced(kind, key, header, data, initial=b""):
    command = header + bytes([len(data) + 4]) + data
    return command + mac(kind, key, command, initial)


def show(**entries):
    print()
    for name, value in entries.items():
        text = value.hex().upper() if isinstance(value, bytes) else value
        print(name.replace("_", " "), "=", text or "-")


def common(operation, kind, key, master=None):
    return {"Operation": operation, "Algorithm": ALGORITHM[kind], "Key": key,
            "Master": master or (MASTER[:8] if kind == "des" else MASTER),
            "Region": REGION, "Historical": HISTORICAL}


def service_of_session(kind, key):
    own = session(kind, key, PROCESS)
    with_session = session_kind(kind)
    stk = common("pin reset", kind, "STKSSSE")
    data = encrypted(with_session, own, bytes.fromhex("123456"))
    show(**stk, Process=PROCESS, Pin="123456",
         Out=maced(with_session, own, bytes.fromhex("84240001"), data))
    data = encrypted(with_session, own, bytes.fromhex("123456789012"))
    show(**stk, Process=PROCESS, Pin="123456789012",
         Out=maced(with_session, own, bytes.fromhex("84240001"), data))
    record = bytes.fromhex("0709") + b"A00000011"
    for header, data in (("84240000", b""), ("841E0001", b""), ("84160000", b""),
                         ("04DC072C", record), ("04D60000", bytes(range(120)))):
        show(**common("maced command", kind, "STKSSSE"), Process=PROCESS, Header=header, Data=data,
             Out=maced(with_session, own, bytes.fromhex(header), data))


def service_of_authentication(kind, key):
    own = session(kind, key, PROCESS)
    data = proof(session_kind(kind), own, ORIGINAL)
    show(**common("internal answer", kind, "IRK"), Process=PROCESS, Original=ORIGINAL, Out=data)
    show(**common("external authentication", kind, "UKSSSE"), Process=PROCESS, Original=ORIGINAL,
         Out=data)
    show(**common("card id", kind, "IRK"), First_parts=FIRST_PARTS, Out=mac(kind, key, FIRST_PARTS))
    master = MASTER
    show(**common("transport proof", kind, "TK"), Out=proof(kind, master,
                                                            bytes(2) + HISTORICAL[7:13]))
    show(**common("mk authentication", kind, "MKSSSE"), Challenge=PROCESS,
         Out=proof(session_kind(kind), own, PROCESS))


def service_of_writing(kind):
    mk = card_key(kind, MK_MASTER)
    header = bytes.fromhex("0D0401EF33002210")
    out = maced(kind, mk, bytes.fromhex("84D40000"),
                encrypted(kind, mk, header + card_key(kind, MASTER)), CHALLENGE4)
    show(**common("key load", kind, "UKSSSE"), Under="TMK", Under_master=MK_MASTER, P1="00",
         Key_header=header, Challenge=CHALLENGE4, Out=out)
    header = bytes.fromhex("0000010033000F10")
    out = maced(kind, mk, bytes.fromhex("84D40100"),
                encrypted(kind, mk, header + card_key(kind, MASTER)), CHALLENGE4)
    show(**common("key load", kind, "MKSSSE"), Under="TMK", Under_master=MK_MASTER, P1="01",
         Key_header=header, Challenge=CHALLENGE4, Out=out)
    if kind == "des3":
        header = bytes.fromhex("070201EF33012208")
        stk = card_key("des", MASTER[:8])
        out = maced(kind, mk, bytes.fromhex("84D40000"), encrypted(kind, mk, header + stk),
                    CHALLENGE4)
        show(**common("key load", "des", "STKSSSE"), Under="TMK", Under_master=MK_MASTER, P1="00",
             Key_header=header, Challenge=CHALLENGE4, Out=out)
    header = bytes.fromhex("010001EF66550006")
    out = maced(kind, mk, bytes.fromhex("84D40000"),
                encrypted(kind, mk, header + bytes.fromhex("123456").ljust(16, b"\xff")),
                CHALLENGE4)
    show(**common("pin load", kind, "TMK", MK_MASTER), Pin="123456", Key_header=header,
         Challenge=CHALLENGE4, Out=out)
    show(**common("temporary mk", kind, "TMK", MK_MASTER), Key_header=header,
         Out=bytes.fromhex("00D4010018") + header + mk)


def service():
    print("# What a key service answers, asked through the public seam.\n"
          "# Origin: computed by card_cryptography.py, with the openssl program for the ciphers,\n"
          "# from the project's fact sheets card.md and cos-t514.md; not third-party. Answers to\n"
          "# PIN reset, PIN unblock and authentication are card.md's own worked vectors (§3.5).\n"
          "# The card id's code has a published sample (639900D15600000500BF7C7A48FB4966), whose\n"
          "# key is unknown: the codes here are of our own key.")
    for kind in ("des3", "sm4"):
        service_of_authentication(kind, card_key(kind, MASTER))
        service_of_session(kind, card_key(kind, MASTER))
        service_of_writing(kind)
    service_of_session("des", card_key("des", MASTER[:8]))


def derivations_of(kind):
    master = MASTER[:8] if kind == "des" else MASTER
    for region in ("639900", "330102", "110105"):
        keys = [card_key(kind, master, bytes.fromhex(region), 3)]
        levels = [master]
        for factor in factors(bytes.fromhex(region)):
            levels.append(dispersed(kind, levels[-1], factor))
        assert levels[3] == keys[0]
        show(Operation="diversification", Kind=kind, Key=master, Region=region,
             Historical=HISTORICAL, Level_1=levels[1], Level_2=levels[2], Level_3=levels[3])
    key = card_key(kind, master)
    for random in [PROCESS, PROCESS[:4]] + ([PROCESS + ORIGINAL] if kind == "sm4" else []):
        show(Operation="session key", Kind=kind, Key=key, Random=random,
             Out=session(kind, key, random))
    for message in (b"", FIRST_PARTS, bytes(range(15)), bytes(range(16)), bytes(range(200))):
        for initial in (b"", CHALLENGE4):
            show(Operation="mac", Kind=kind, Key=key, Initial=initial, Message=message,
                 Out=mac(kind, key, message, initial))
    for size in (0, 3, 6, 7, 8, 14, 15, 16, 24, 100, 239):
        plain = bytes(range(1, size + 1))
        show(Operation="encryption", Kind=kind, Key=key, Plain=plain,
             Out=encrypted(kind, key, plain))


def transactions_of(kind):
    key = card_key(kind, MASTER)
    tac = key if kind == "sm4" else xor(key[:8], key[8:])
    amounts = bytes.fromhex("000003E8000000000000000001000000000102202401150930")
    show(Operation="tac", Kind=kind, Key=key, Message=amounts,
         Out=mac(session_kind(kind), tac, amounts))
    purchase = session(kind, key, CHALLENGE4 + bytes.fromhex("00070102"))
    show(Operation="purchase", Kind=kind, Key=key, Random=CHALLENGE4, Sequence="0007",
         Terminal_sequence="00000102", Message=amounts,
         Out=mac(session_kind(kind), purchase, amounts))
    load = session(kind, key, CHALLENGE4 + bytes.fromhex("00078000"))
    show(Operation="load", Kind=kind, Key=key, Random=CHALLENGE4, Sequence="0007", Message=amounts,
         Out=mac(session_kind(kind), load, amounts))


def derivations():
    print("# Keys of each level, session keys, MACs, encrypted data, keys of transactions.\n"
          "# Origin: computed by card_cryptography.py as card_cryptography.vec; not third-party.\n"
          "# Region 639900, 3DES and SM4, levels and session keys: card.md's own worked vectors\n"
          "# (§3.4, §3.5).")
    for kind in ("des", "des3", "sm4"):
        derivations_of(kind)
    for kind in ("des3", "sm4"):
        transactions_of(kind)


if __name__ == "__main__":
    {"service": service, "derivations": derivations}[sys.argv[1]]()
