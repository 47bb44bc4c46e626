package io.plumbline.config.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out of texts, what stays, and what a cut leaves. */
class CleanTest {
    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
    private static final String PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----";

    private final Redaction redaction = Redaction.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111.1111.1111.1111",
                "4111\u00A01111\u00A01111\u00A01111",
                "4222222222222",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "3782 822463 10005",
                "30569309025904",
                "3056 930902 5904",
                "6011111111111117",
                "3530111333300000",
                "6304000000000000",
                "6799990100000000019",
                "6212345678901232",
                "2200000000000004"
            })
    void clean_cardNumber_isHidden(String number) {
        assertThat(redaction.clean(number)).isEqualTo("***");
        assertThat(redaction.clean("paid with " + number + ", thanks")).isEqualTo("paid with ***, thanks");
        assertThat(redaction.clean("qty 12 " + number + " pieces")).isEqualTo("qty 12 *** pieces");
        assertThat(redaction.clean("Order{pan" + number + "}")).isEqualTo("Order{pan***}");
        assertThat(redaction.clean("ORD-" + number)).isEqualTo("ORD-***");
        assertThat(redaction.clean("[" + number + "," + number + "]")).isEqualTo("[***,***]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "4111 1111 1111 1112",
                "1700000000000",
                "1700000000003",
                "1758651234567890123",
                "2026-11-23T16:21:33.123456789Z",
                "20261123162133123",
                "0.4532015112830366",
                "4.532015112830366E15",
                "123e4567-e89b-12d3-a456-426614174000",
                "41111111-1111-4111-8111-111111111111",
                "d41d8cd98f00b204e9800998ecf8427e",
                "a4111111111111111f",
                "4111111111111111deadbeef41111111",
                "+4915112345678",
                "+49 170 1234567",
                "+1 415 555 2671",
                "DE89 3704 0044 0532 0130 00",
                "GB29NWBK60161331926819",
                "order 1002934 of customer 88301",
                "192.168.100.200:8080",
                "411111111111111111111111111",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
                "978-3-16-148410-0",
                "BUILD 17.0.9+11-LTS",
                "http://shop:8080/orders/17?page=2&size=50",
                "jdbc:postgresql://db:5432/shop?user=app",
                "mailto:bob@example.org",
                "ssh://git@github.com/a/b.git",
                "a == b, x => y, total=12.5, name=Bob",
                "unexpected token: ';' at 3",
                "basic understanding of bearer tokens",
                "Bearer token",
                "eyJust a name",
                "sk_live is a prefix, AKIA too, ghp_short",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "pk_live_51HabcdefghijklmnopqrSTU",
                "Größe: 12 €, naïve, 日本語",
                "***",
                ""
            })
    void clean_harmless_isTheSameText(String text) {
        assertThat(redaction.clean(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AKIAIOSFODNN7EXAMPLE | ***",
                "key AKIAIOSFODNN7EXAMPLE. | key ***.",
                "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY | ***",
                "x=ghp_abcdefghijklmnopqrstuvwxyz0123456789 | x=***",
                "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz | ***",
                "xoxb-123456789012-abcdefABCDEF | ***",
                "sk_live_51HabcdefghijklmnopqrSTU | ***",
                "rk_test_51HabcdefghijklmnopqrSTU | ***",
                "whsec_abcdefghijklmnop012345 | ***",
                "Authorization: Bearer abc | Authorization: ***",
                "sent Bearer 8f7e6d5c4b3a29181706 ok | sent Bearer *** ok",
                "Proxy-Authorization: Digest username=x, realm=y | Proxy-Authorization: ***",
                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== | Basic ***",
                "Cookie: a=b; c=d | Cookie: ***",
                "https://bob:s3cr3t@host:8080/x | https://bob:***@host:8080/x",
                "redis://:p@ss@cache/0 | redis://:***@cache/0",
                "GET /cb?code=1&access_token=abc.def&x=1 HTTP/1.1 | GET /cb?code=1&access_token=***&x=1 HTTP/1.1",
                "jdbc:mysql://db/shop?user=app;password=pw1;ssl=true | jdbc:mysql://db/shop?user=app;password=***;ssl=true",
                "db.password = hunter2 | db.password = ***",
                "password: hunter2 | password: ***",
                "{\"user\":\"bob\",\"password\":\"a\\\"b c\",\"n\":1} | {\"user\":\"bob\",\"password\":\"***\",\"n\":1}",
                "{\"token\" : 123, \"x\":2} | {\"token\" : ***, \"x\":2}",
                "{\"credentials\":{\"u\":\"a\",\"p\":[\"b\"]},\"x\":2} | {\"credentials\":***,\"x\":2}",
                "User{name=Bob, apiKey=k-1, pin=***} | User{name=Bob, apiKey=***, pin=***}",
                "{'secret': 'x y'} | {'secret': '***'}",
            })
    void clean_credential_isHidden(String text, String shown) {
        assertThat(redaction.clean(text)).isEqualTo(shown);
        assertThat(redaction.clean(shown)).isSameAs(shown);
    }

    @Test
    void clean_keyOfALanguageModelsService_isHidden() {
        assertThat(redaction.clean("sk-" + "proj-" + "abcdefghijklmnopqrstuvwxyz"))
                .isEqualTo("***");
        assertThat(redaction.clean("sk-" + "ant-" + "api03-abcdefghijklmnopqrst"))
                .isEqualTo("***");
    }

    @Test
    void clean_jwtAndPrivateKey_areHidden() {
        assertThat(redaction.clean("jwt " + JWT + "!")).isEqualTo("jwt ***!");
        assertThat(redaction.clean("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")).isEqualTo("***");
        assertThat(redaction.clean("a\n" + PEM + "\nb")).isEqualTo("a\n***\nb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "card 4111 1111 11… | card ***…",
                "card 4111 1111 … | card *** …",
                "card 4111 11… | card 4111 11…",
                "Card{number=37828224…, x=1} | Card{number=***…, x=1}",
                "4111111111111111… | ***…",
                "4111111111111… | ***…",
                "at 17000000000… | at 17000000000…",
                "eyJhbGciOi… | ***…",
                "ghp_abc… | ***…",
                "AKIAIO… | ***…",
                "Basic QWxh… | Basic ***…",
                "Bearer abc… | Bearer ***…",
                "https://bob:s3c… | https://bob:***…",
                "https://shop:8080… | https://shop:8080…",
                "-----BEGIN PRIVATE KEY----- MIIEow… | ***",
                "\"password\":\"hun… | \"password\":\"***",
                "password=hun… | password=***…",
            })
    void clean_cutSecret_showsNoHalf(String text, String shown) {
        assertThat(redaction.clean(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111 1111 11", "4111 1111 ", "eyJhbGciOi", "ghp_abc", "Bearer abc", "https://bob:s3c"})
    void clean_cutWithoutMark_showsNoHalfWhenTold(String text) {
        assertThat(redaction.clean(text)).isSameAs(text);
        assertThat(redaction.clean(text, true)).isNotEqualTo(text).contains("***");
    }
}
