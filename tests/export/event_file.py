"""Reads a TensorBoard event file with the standard library alone: records with CRC-32C, protocol buffers inside."""

import struct

CRC_TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
    CRC_TABLE.append(byte)


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    at = 0
    while at < len(data):
        length, length_crc = struct.unpack_from("<QI", data, at)
        assert length_crc == masked_crc(data[at : at + 8]), "checksum of a length"
        record = data[at + 12 : at + 12 + length]
        (record_crc,) = struct.unpack_from("<I", data, at + 12 + length)
        assert record_crc == masked_crc(record), "checksum of a record"
        yield record
        at += 12 + length + 4
    assert at == len(data)


def fields(message):
    """Field number and value: an int, or bytes."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        number, wire_type = key >> 3, key & 7
        if wire_type == 0:
            yield number, varint()
            continue
        size = {1: 8, 5: 4}.get(wire_type)
        size = varint() if size is None else size
        yield number, message[at : at + size]
        at += size


def scalars(path):
    """{(step, tag): value} of a file; the first record has to be the version."""
    with open(path, "rb") as file:
        events = [dict(fields(record)) for record in records(file.read())]
    assert events[0][3] == b"brain.Event:2", events[0]
    found = {}
    for event in events[1:]:
        step = event.get(2, 0)
        assert struct.unpack("<d", event[1])[0] == step, "the wall time is the step"
        for number, value in fields(event[5]):
            assert number == 1
            scalar = dict(fields(value))
            found[step, scalar[1].decode()] = struct.unpack("<f", scalar[2])[0]
    return found
