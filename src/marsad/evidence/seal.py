"""The head of the ledger signed (Ed25519), and its time told by an authority (RFC 3161)."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.evidence.files import fault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_MISSING = "signing and timestamps need more than the plain installation: pip install 'marsad[evidence]'"


def message(seq: int, hash: str) -> bytes:
    """What is signed and timestamped: the head of the ledger as of entry ``seq``."""
    return f"marsad-ledger-head-1\n{seq}\n{hash}\n".encode()


# Signatures


def make_key(path: Path) -> str:
    """Make a private key in a new file that only its owner may read; returns the public key; InputError if it fails."""
    import os

    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    except ImportError:
        raise InputError(_MISSING) from None
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
    except FileExistsError:
        raise InputError(f"{path}: there is a file already; a key is never overwritten") from None
    except OSError as error:
        raise fault(path, error) from error
    return _public(key)


def _private_key(path: Path) -> "Ed25519PrivateKey":
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise fault(path, error) from error
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"{path}: no Ed25519 private key in PEM without a password; marsad seal --new-key makes one")
    return key


def _public(key: "Ed25519PrivateKey") -> str:
    return key.public_key().public_bytes_raw().hex()


def signature(path: Path, seq: int, hash: str) -> dict[str, Any]:
    """What is entered of a signature with the private key in ``path``; InputError where the key cannot be used."""
    key = _private_key(path)
    signed = base64.b64encode(key.sign(message(seq, hash))).decode("ascii")
    return {"algorithm": "ed25519", "hash": hash, "key": _public(key), "of": seq, "signature": signed}


def check_signature(what: dict[str, Any]) -> str | None:
    """What is wrong with a signature, by itself; None where it holds. InputError where it cannot be checked."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(what["key"]))
        key.verify(base64.b64decode(what["signature"], validate=True), message(what["of"], what["hash"]))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return "the signature is not that of this key over this head"
    return None


# Timestamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an authority says: when, and who it is."""

    at: str
    authority: str


def timestamp_request(seq: int, hash: str) -> bytes:
    """The request for an authority, as it is sent (application/timestamp-query)."""
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise InputError(_MISSING) from None
    builder = TimestampRequestBuilder().data(message(seq, hash)).hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).build().as_bytes()


def read_timestamp(answer: bytes, seq: int, hash: str, *, roots: "tuple[Certificate, ...]" = ()) -> Stamp:
    """What an authority's answer says of a head; InputError where it is of something else, or not by one of ``roots``.

    Without ``roots`` the signature of the authority is not checked.
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder
    except ImportError:
        raise InputError(_MISSING) from None
    from hashlib import sha256

    response = _response(answer)
    info = response.tst_info
    if info.message_imprint.message != sha256(message(seq, hash)).digest():
        raise InputError("the timestamp is of something else than this head")
    if roots:
        try:
            VerifierBuilder(roots=list(roots)).build().verify_message(response, message(seq, hash))
        except (VerificationError, ValueError) as error:
            raise InputError(f"the timestamp is not by an authority that you trust: {error}") from error
    at = info.gen_time.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Stamp(at=at, authority=_authority(response))


def imprint(answer: bytes) -> bytes:
    """The SHA-256 that an authority's answer is about; InputError where it is no answer."""
    try:
        return _response(answer).tst_info.message_imprint.message
    except ImportError:
        raise InputError(_MISSING) from None


def _response(answer: bytes) -> "TimeStampResponse":
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
    except ValueError as error:
        raise InputError(f"this is no answer of a timestamp authority: {error}") from error
    if PKIStatus(response.status) not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        said = "; ".join(response.status_string)
        raise InputError(f"the authority refused: {PKIStatus(response.status).name.lower()} {said}".rstrip())
    return response


def _authority(response: "TimeStampResponse") -> str:
    """The name in the certificate of who signed."""
    for signer in response.signed_data.signer_infos:
        return signer.issuer.rfc4514_string()
    return ""


def certificates(path: Path) -> "tuple[Certificate, ...]":
    """The certificates of a PEM file; InputError where it holds none."""
    try:
        from cryptography.x509 import load_pem_x509_certificates
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise fault(path, error) from error
    except ValueError as error:
        raise InputError(f"{path}: no certificates in PEM: {error}") from error
