"""Somebody at a keyboard, and nothing but the keyboard; how long a person would have taken is added up.

The clock of a loaded machine proves nothing about people. What a page asks of them is counted instead:
strokes, characters, words to read, moments to think. Each has its time from the keystroke-level model (Card,
Moran and Newell 1983): an average typist at 55 words a minute, one mental preparation before each decision.
Silent reading goes at 240 words a minute. A page's answer is given the second after which people notice that
they wait.
"""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.steps import tab_to

STROKE = 0.2
THOUGHT = 1.35
WORD_READ = 0.25
ANSWER = 1.0


@dataclass
class Human:
    """A person at a page: acts are done on it at once, their times are only added up, in seconds."""

    page: Page
    strokes: int = 0
    characters: int = 0
    seconds: float = 0.0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self._take(1)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.characters += len(words)
        self.seconds += STROKE * len(words)

    def tab_to(self, selector: str, *, backwards: bool = False) -> int:
        stops = tab_to(self.page, selector, backwards=backwards)
        self._take(stops)
        return stops

    def send(self, key: str) -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.press(key)
        self.seconds += ANSWER

    def think(self) -> None:
        self.seconds += THOUGHT

    def read(self, selector: str) -> None:
        """Read what stands there, if anything does."""
        for words in self.page.locator(selector).all_inner_texts():
            self.seconds += WORD_READ * len(words.split())

    def go_to(self, address: str) -> None:
        """Go to an address that somebody keeps at hand, or types."""
        self.page.goto(address)
        self.seconds += ANSWER

    def sign_in(self, persona: str) -> None:
        """Sign in as one of the sample's people, on the page that asks for it."""
        button = f'form:has([name="persona"][value="{persona}"]) button'
        # A page that has just been opened in another tab may not stand there yet.
        expect(self.page.locator(button)).to_be_visible()
        self.tab_to(button)
        self.send("Enter")
        expect(self.page.locator("details.menu")).to_be_visible()

    def _take(self, strokes: int) -> None:
        self.strokes += strokes
        self.seconds += STROKE * strokes
