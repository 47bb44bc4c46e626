package io.plumbline.e2e;

import java.time.Duration;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The console's screen of sources, as a person uses it: lines, editors and what they complete, buttons. */
final class SourceScreen {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The element of a gutter or of the code that stands at a line's number. */
    private static final String AT_LINE = """
            const root = document.querySelector('.editor').shadowRoot;
            const number = [...root.querySelectorAll('.cm-lineNumbers .cm-gutterElement')].find((one) => one.textContent === arguments[0]
                && one.getBoundingClientRect().height > 0);
            const top = number?.getBoundingClientRect().top;
            return [...root.querySelectorAll(arguments[1])].find((one) => Math.abs(one.getBoundingClientRect().top - top) < 4) ?? null;
            """;

    private final Browser browser;

    SourceScreen(Browser browser) {
        this.browser = browser;
    }

    void point(String name) {
        Await.until(
                        "the kinds",
                        SOON,
                        () -> browser.driver().findElement(By.cssSelector("input[value=span]")),
                        WebElement::isEnabled)
                .click();
        button("This line is " + name).click();
    }

    WebElement button(String text) {
        By by = By.xpath("//button[.='" + text + "']");
        return Await.until(text, SOON, () -> browser.driver().findElement(by), WebElement::isDisplayed);
    }

    WebElement atLine(String line, String css) {
        return Await.until(
                css + " at line " + line,
                SOON,
                () -> (WebElement) browser.driver().executeScript(AT_LINE, line, css),
                found -> found != null);
    }

    /** What stands in an editor's shadow root. */
    WebElement inside(String id, String css) {
        By by = By.cssSelector(css);
        return Await.until(
                css + " in " + id,
                SOON,
                () -> browser.driver().findElement(By.id(id)).getShadowRoot().findElement(by),
                WebElement::isDisplayed);
    }

    void type(String id, String text) {
        inside(id, ".cm-content").click();
        keys().sendKeys(text).perform();
    }

    /** To what has the focus, as a keyboard sends them; to send to an element would take its focus first, which ends a completion. */
    Actions keys() {
        return new Actions(browser.driver());
    }

    void awaitCompletion(String id, String name) {
        Await.until(
                "the completion " + name,
                SOON,
                () -> inside(id, ".cm-tooltip-autocomplete li[aria-selected]").getText(),
                text -> text.startsWith(name));
        // CodeMirror takes no choice in the first moments of a list, lest it be one by mistake
        Await.until("the list to take a choice", SOON, System::nanoTime, after(Duration.ofMillis(100)));
    }

    private static Predicate<Long> after(Duration time) {
        long from = System.nanoTime();
        return now -> now - from > time.toNanos();
    }
}
