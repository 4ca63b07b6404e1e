/*
 * What some exported headers take for granted. Read before each of them, by bindgen for nlink-uapi
 * and by gcc for the audit. BIT and its like are defined for the kernel alone (linux/bits.h,
 * linux/limits.h), yet exported constants are written with them.
 */
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#define BIT(n) (1UL << (n))
#define GENMASK(high, low) ((~0UL << (low)) & (~0UL >> (63 - (high))))
#define U16_MAX ((__u16)~0U)
#define U32_MAX ((__u32)~0U)
#define U64_MAX ((__u64)~0ULL)
