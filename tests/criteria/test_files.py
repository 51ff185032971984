"""The file of a criteria set: written, corrected, read; nothing in it is read otherwise than it
looks."""

import pytest

from ocop.core.refusals import Refused
from ocop.criteria import files
from ocop.criteria.sets import CriteriaSet, decree, from_data, load_all, load_set

FILE = files.write(load_set(1), "Bộ 1").decode()


def built(content: bytes) -> CriteriaSet:
    data = files.read(content)
    return from_data(data, {**decree()["disqualifiers"], **data.get("disqualifier_notes", {})})


@pytest.mark.whole
@pytest.mark.parametrize("criteria_set", load_all(), ids=lambda each: str(each.number))
def test_file_reads_back_as_the_same_set(criteria_set: CriteriaSet) -> None:
    content = files.write(criteria_set, "để sửa")
    assert content.decode().startswith("# để sửa\nnumber: ")
    assert built(content).sha256 == criteria_set.sha256


def test_one_corrected_point_is_all_that_changes() -> None:
    again = built(FILE.replace("points: 3, star: 5", "points: 3, star: 4", 1).encode())
    assert again.sha256 != load_set(1).sha256
    assert again.codes == load_set(1).codes


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("star: 3", "stars: 3", "2.2, options 3: không có khóa “stars”"),
        ("star: 3", "star: 6", "2.2, options 3: star phải là 3, 4 hoặc 5"),
        ("points: 2", "points: 2.5", "1.1, options 2: points phải là số nguyên"),
        ("code: '1.1'", "code: 1.1", "code phải là mã"),
        ("max: 40", "max: true", "A: max phải là số nguyên"),
        ("samples: 5\n", "", "thiếu “samples”"),
        ("samples: 5\n", "samples: 5\nsamples: 4\n", "khóa “samples” bị lặp"),
        ("samples: 5\n", "samples: &a 5\n", "không dùng tham chiếu"),
        ("samples: 5\n", "samples: [[[[[[[[[[[[[[[[[[[[[[5]]]]]]]]]]]]]]]]]]]]]]\n", "quá sâu"),
        ("samples: 5\n", "samples: 2026-13-45\n", "không đúng cú pháp"),
        ("samples: 5\n", "samples: !!python/object:os.system 5\n", "không đúng cú pháp"),
        ("samples: 5\n", "samples: : 5\n", "không đúng cú pháp"),
        ("sector: ", "sector: X", "sector phải là một trong I, II"),
        ("sections:\n", "sections: 3\nx:\n", "sections: phải là một danh sách"),
        ("number: 1\n", "number: 1\n? [a]\n: 1\n", "bị lặp hoặc không đọc được"),
    ],
)
def test_what_is_malformed_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in FILE
    with pytest.raises(Refused) as refusal:
        files.read(FILE.replace(old, new, 1).encode())
    assert refusal.value.code == "set_file"
    assert told in refusal.value.message


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"xin chao", b"\xff\xfe", b"PK\x03\x04", b"a: b\x00", b"#" * 600_000]
)
def test_what_is_no_set_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        files.read(content)
    assert refusal.value.code == "set_file"


def test_many_mistakes_are_counted() -> None:
    with pytest.raises(Refused, match=r"và \d+ lỗi nữa"):
        files.read(FILE.replace("label:", "labels:").encode())
