"""Where the parts of a credential stand in the web. These addresses are signed: they never change.

`base` is the address of the installation without a slash at its end.
"""

from dataclasses import dataclass

STATUS_LIST = "so-dang-ky/trang-thai.jwt"
CRITERIA = "tieu-chi"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one installation."""

    base: str

    @property
    def status_list(self) -> str:
        """The list of what was revoked."""
        return f"{self.base}/{STATUS_LIST}"

    @property
    def scheme(self) -> str:
        """The programme as a scheme of conformity."""
        return f"{self.base}/{CRITERIA}/"

    def law(self, code: str) -> str:
        """The decision of the Prime Minister under which a product was assessed."""
        return f"{self.scheme}{code}/"

    def profile(self, law: str, number: int, revision: int) -> str:
        """A criteria set in one of its revisions."""
        return f"{self.law(law)}{number}/{revision}/"

    def page(self, product: str) -> str:
        """The page of a product."""
        return f"{self.base}/san-pham/{product}/"

    def digital_link(self, product: str, gtin: str) -> str:
        """The GS1 Digital Link of a product (14 digits); the address of its page where it has no
        trade item number."""
        return f"{self.base}/01/{gtin}" if gtin else self.page(product)

    def credential(self, product: str, recognition: int) -> str:
        """A credential, as page and, asked for as such, as vc+jwt."""
        return f"{self.page(product)}chung-chi/{recognition}/"

    def envelope(self, product: str, recognition: int) -> str:
        """A credential as vc+jwt."""
        return f"{self.page(product)}chung-chi/{recognition}.jwt"

    def producer(self, code: str) -> str:
        """The page of a producer."""
        return f"{self.base}/chu-the/{code}/"

    def decision_file(self, key: int) -> str:
        """The signed file of a decision; the public may open it once an officer said so."""
        return f"{self.base}/quyet-dinh/{key}/ban-ky/"
