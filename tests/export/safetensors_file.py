"""Reads a .safetensors file with the standard library and torch alone: 8 bytes of length, a JSON header, the tensors' bytes."""

import json
import struct

import torch


def read(path):
    """The tensors by their names, and the file's metadata. Refuses holes, overlaps and bytes left over."""
    with open(path, "rb") as file:
        data = file.read()
    (header_length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + header_length])
    metadata = header.pop("__metadata__", {})
    body = data[8 + header_length :]

    tensors, covered = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32" and begin == covered, (name, entry)
        covered = end
        # A copy of its own: torch wants memory that may be written to.
        flat = torch.frombuffer(bytearray(body[begin:end]), dtype=torch.float32)
        tensors[name] = flat.reshape(entry["shape"])
    assert covered == len(body), (covered, len(body))
    return tensors, metadata
