package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.plumbline.config.kit.Debian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, which knows no host but this machine's loopback interface. Ends with the test. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Leaves the calling test out, and says so, where there is no Chromium and none can be installed. */
    static void assumeThere() {
        boolean isThere = Debian.has("chromium-driver", DRIVER) && Files.exists(CHROMIUM);
        if (!isThere) {
            System.out.println("skipped: the console in a browser needs " + CHROMIUM + " and " + DRIVER
                    + ", Debian's packages chromium and chromium-driver");
        }
        assumeThat(isThere).as("Chromium is installed").isTrue();
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which root may not have
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** A tab that remembers nothing; the others are closed. */
    void freshTab() {
        Set<String> old = driver.getWindowHandles();
        driver.switchTo().newWindow(WindowType.TAB);
        String fresh = driver.getWindowHandle();
        for (String handle : old) {
            driver.switchTo().window(handle).close();
        }
        driver.switchTo().window(fresh);
        complaints();
    }

    void open(String url) {
        driver.get(url);
    }

    /** Waits until an element is there and seen. */
    WebElement seen(String css) {
        return Await.until(css, SOON, () -> driver.findElement(By.cssSelector(css)), WebElement::isDisplayed);
    }

    /** Waits until a text of an element holds what is asked; the text. */
    String awaitText(String css, String part) {
        return Await.until(part + " in " + css, SOON, () -> textNow(css), text -> text.contains(part));
    }

    /** The text of an element that is there, or is about to be: pages draw anew while they are read. */
    String text(String css) {
        return Await.until("a text of " + css, SOON, () -> textNow(css), text -> true);
    }

    private String textNow(String css) {
        return driver.findElement(By.cssSelector(css)).getText();
    }

    /** Clicks once an element can be clicked, and again where the page drew it anew in that moment. */
    void click(String css) {
        Await.until("a click on " + css, SOON, () -> clickNow(css), clicked -> clicked);
    }

    private boolean clickNow(String css) {
        driver.findElement(By.cssSelector(css)).click();
        return true;
    }

    String value(String css) {
        return driver.findElement(By.cssSelector(css)).getDomProperty("value");
    }

    /** As a person does: what was there goes. */
    void fill(String css, String text) {
        WebElement field = seen(css);
        field.clear();
        field.sendKeys(text);
    }

    /** Chooses one of several by its value. */
    void choose(String value) {
        click("input[value=" + value + "]");
    }

    /**
     * How wide the page is, and which colours its reader prefers.
     *
     * @param scheme {@code light} or {@code dark}
     */
    void look(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /**
     * No scrolling sideways, and none of the faults that axe knows of.
     *
     * @param name what is looked at
     * @return what axe looked for and found well
     */
    List<Rule> assertUsable(String name) {
        assertThat(driver.executeScript(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name)
                .isEqualTo(0L);
        Results results = new AxeBuilder().analyze(driver);
        assertThat(results.getViolations())
                .as(name)
                .extracting(Rule::getId, rule -> rule.getNodes().toString())
                .isEmpty();
        return results.getPasses();
    }

    /** For people to look at, under {@code target/screenshots}. */
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the browser complained of since the last call: scripts' errors, what the page's policy forbids. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
