package io.plumbline.config.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "shop.Order:118, shop.Order, 118, false",
        "Order:1, Order, 1, false",
        "Order.java:7, Order.java, 7, true",
        "Main.kt:65535, Main.kt, 65535, true",
        "-JvmPlatform.kt:40, -JvmPlatform.kt, 40, true",
        "shop.Order$Line:3, shop.Order$Line, 3, false"
    })
    void parse_line(String text, String type, int line, boolean isFile) {
        Location location = Location.parse(" " + text + " ");

        assertThat(location).isEqualTo(new Location(type, line));
        assertThat(location.isFile()).isEqualTo(isFile);
        assertThat(location).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.Order#place",
                "shop.Order#place:118",
                "shop.Order#lambda$place$0:118",
                "Order.java#place:exit",
                "shop.Order#place(String,int[]):exit",
                "shop.Order#place():exit",
                "shop.Order#<init>",
                "shop.Order#<clinit>:exit",
                "shop.OrderKt#place-IoAF18A:exit",
                "okio.Buffer#-deprecated_getByte:exit",
                "shop.Order#place:exception",
                "shop.Order#place:exception(java.io.IOException)",
                "shop.Order:throw",
                "shop.Order#place:throw(IllegalStateException)",
                "shop.Order:catch",
                "shop.Order:catch(IOException)",
                "shop.Order#place:catch(IOException)",
            })
    void parse_andBack(String text) {
        assertThat(Location.parse(text)).hasToString(text);
    }

    @Test
    void parse_bareMethod_meansItsEntry() {
        assertThat(Location.parse("shop.Order#place:entry")).isEqualTo(Location.parse("shop.Order#place"));
        assertThat(Location.parse("shop.Order#place").line()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.Order",
                "shop.Order:",
                ":5",
                "5:5",
                "a b:5",
                "",
                "Order:-1",
                "shop/Order.java:5",
                "Order#:5",
                "Order#a b"
            })
    void parse_otherForm_isRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Location.parse(text))
                .hasMessage("a location is a class or source file and a line, as in shop.OrderService:118 or"
                        + " OrderService.java:118, or a method, as in shop.OrderService#place:exit; this is none: "
                        + text);
    }

    @ParameterizedTest
    @CsvSource({"Order:0, 0", "Order:65536, 65536"})
    void parse_lineOutOfRange_isRefused(String text, int line) {
        assertThatThrownBy(() -> Location.parse(text)).hasMessage("the line must be from 1 to 65535: " + line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Order#place:exits|behind ':' stands a line's number or one of entry, exit, exception, throw, catch:"
                        + " exits; did you mean 'exit'?",
                "Order:exit|'exit' needs a method, as in Order#place:exit; this has none: Order:exit",
                "Order:entry|'entry' needs a method, as in Order#place:entry; this has none: Order:entry",
                "Order#place:exit(IOException)|an exception's type stands behind exception, throw or catch only:"
                        + " exit(IOException)",
                "Order:5(IOException)|an exception's type stands behind exception, throw or catch only: 5(IOException)",
                "Order:catch(List<X>)|an exception's type is a class's name, without type arguments: 'List<X>'",
                "Order:catch()|an exception's type is a class's name, without type arguments: ''",
                "Order#place(List<X>)|a parameter's type is a class's name, without type arguments: 'List<X>'",
                "Order#place(int,)|a parameter's type is a class's name, without type arguments: ''",
            })
    void parse_wrongSpot_saysWhatToWrite(String text, String message) {
        assertThatThrownBy(() -> Location.parse(text)).hasMessage(message);
    }

    @Test
    void method_meansByFullOrSimpleName() {
        MethodName any = Location.parse("Order#place").method().orElseThrow();
        MethodName one =
                Location.parse("Order#place(String,Order.Line,int[])").method().orElseThrow();

        assertThat(any.means("place", List.of("int"))).isTrue();
        assertThat(any.means("placed", List.of())).isFalse();
        assertThat(one.means("place", List.of("java.lang.String", "shop.Order$Line", "int[]")))
                .isTrue();
        assertThat(one.means("place", List.of("java.lang.String", "shop.Order$Line", "int")))
                .isFalse();
        assertThat(one.means("place", List.of("my.MyString", "shop.Order$Line", "int[]")))
                .isFalse();
    }
}
